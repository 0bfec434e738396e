import { beforeEach, expect, it } from 'vitest';

import { err, ok } from '@/lib/core/result';
import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { createTakerSplit, type TakerRow } from '@/lib/venues/taker-split';
import type { VenueError } from '@/lib/venues/venue';

const START_MS = 1_767_225_600_000;
const { signal } = new AbortController();
const bar = (nth: number, volume = 10): Bar => ({
  openTimeMs: START_MS + nth * BAR_MS,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume,
  takerBuyVolume: NaN,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});
const bars = (count: number) => Array.from({ length: count }, (_, nth) => bar(nth));
/** Of the bar of that number: `buys` of ten. */
const row = (nth: number, buys = 4, offsetMs = 0): TakerRow => ({
  timeMs: START_MS + nth * BAR_MS + offsetMs,
  buys,
  sells: 10 - buys,
});
const bought = (list: readonly Bar[]) => list.map(({ takerBuyVolume }) => takerBuyVolume);

let nowMs: number;
let told: readonly TakerRow[] | null;
let kind: VenueError['kind'];
let asked: (readonly [fromBar: number, toBar: number])[];
const create = (isLabelKnown = true, reachBars = 100) =>
  createTakerSplit({
    async fetchPage(_symbol, { startMs, endMs }) {
      asked.push([(startMs - START_MS) / BAR_MS, (endMs - START_MS) / BAR_MS]);
      if (told === null) return err({ kind, message: '', detail: '404', retryAtMs: null });
      return ok(told.filter(({ timeMs }) => !isLabelKnown || (timeMs >= startMs && timeMs < endMs)));
    },
    rowsPerPage: 3,
    reachMs: reachBars * BAR_MS,
    now: () => nowMs,
    isLabelKnown,
  });
const split = async (takers: ReturnType<typeof create>, list: readonly Bar[]) => {
  const span = { startMs: list[0].openTimeMs, endMs: list[list.length - 1].openTimeMs + BAR_MS };
  const joined = takers.join('BTC', list, await takers.fetch('BTC', span, signal));
  return joined.ok ? joined.value : joined.error.kind;
};
const splitBars = async (takers: ReturnType<typeof create>, list: readonly Bar[]): Promise<readonly Bar[]> => {
  const bars = await split(takers, list);
  if (typeof bars === 'string') throw new Error(bars);
  return bars;
};
beforeEach(() => {
  [nowMs, told, asked, kind] = [START_MS + 5 * BAR_MS, [], [], 'http'];
});

it('splits bars page by page by the shares that are told, in whatever unit', async () => {
  told = [row(0, 4), row(1, 7), { ...row(2), buys: 1, sells: 3 }, row(3, 10), row(4, 0)];
  expect(bought(await splitBars(create(), bars(5)))).toEqual([4, 7, 2.5, 10, 0]);
  expect(asked).toEqual([
    [0, 3],
    [3, 5],
  ]);
});

it('asks for nothing beyond what the venue reaches back to', async () => {
  told = [row(3), row(4)];
  expect(bought(await splitBars(create(true, 2), bars(5)))).toEqual([NaN, NaN, NaN, 4, 4]);
  expect(asked).toEqual([[3, 5]]);
  nowMs += 100 * BAR_MS;
  expect(bought(await splitBars(create(true, 2), bars(5)))).toEqual([NaN, NaN, NaN, NaN, NaN]);
  expect(asked).toHaveLength(1);
});

it('takes no row of a period that still runs for whole where a clock is hours ahead', async () => {
  const takers = create();
  // The third period runs, whatever the clock says, which has later bars asked for, too.
  nowMs += 30 * BAR_MS;
  told = [row(0), row(1), row(2, 9)];
  const rows = await takers.fetch('BTC', { startMs: START_MS, endMs: nowMs }, signal);
  expect(bought(await splitBars(takers, bars(2)))).toEqual([4, 4]);
  expect(rows).toMatchObject({ ok: true, value: [row(0), row(1)] });
});

it('leaves the newest bars for later while their rows may merely be late, for ten minutes', async () => {
  const takers = create();
  told = [row(0), row(1), row(2)];
  expect(await splitBars(takers, bars(5))).toHaveLength(3);
  nowMs += 2 * BAR_MS;
  expect(bought(await splitBars(takers, bars(5)))).toEqual([4, 4, 4, NaN, NaN]);
});

it('waits for no row of a bar in which nothing was traded', async () => {
  told = [row(0)];
  expect(await splitBars(create(), [bar(0), bar(1, 0), bar(2, 0)])).toHaveLength(3);
});

it('takes no row of a period that still runs', async () => {
  told = [row(3), row(4, 1)];
  nowMs = START_MS + 4 * BAR_MS + 1000;
  expect(bought(await splitBars(create(), [bar(3), bar(4)]))).toEqual([4]);
});

it('takes no row that was told while its period still ran, although it is over when all answers are there', async () => {
  told = [row(3), row(4, 1)];
  nowMs = START_MS + 5 * BAR_MS - 1;
  const takers = create();
  const telling = takers.fetch('BTC', { startMs: START_MS + 3 * BAR_MS, endMs: START_MS + 5 * BAR_MS }, signal);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  nowMs += 2;
  const joined = takers.join('BTC', [bar(3), bar(4)], await telling);
  expect(joined.ok && bought(joined.value)).toEqual([4]);
});

it('takes no row of an answer that was long on its way, of a period that ended meanwhile', async () => {
  nowMs = START_MS + 2 * BAR_MS - 1;
  const takers = createTakerSplit({
    async fetchPage() {
      nowMs = START_MS + 2 * BAR_MS + 5_000;
      return ok([row(0), row(1, 9)]);
    },
    rowsPerPage: 3,
    reachMs: 100 * BAR_MS,
    now: () => nowMs,
    isLabelKnown: true,
  });
  expect(bought(await splitBars(takers, bars(2)))).toEqual([4]);
});

it('leaves bars whose rows failed to come for another try, and then has them', async () => {
  const takers = create();
  told = null;
  for (let tries = 1; tries <= 3; tries++) expect(await split(takers, bars(2))).toBe('http');
  told = [row(0), row(1)];
  expect(bought(await splitBars(takers, bars(2)))).toEqual([4, 4]);
  told = null;
  expect(await split(takers, bars(2))).toBe('http');
});

it('keeps no bar away for long: after four failures it goes without, and so do later ones until rows come again', async () => {
  const takers = create();
  told = null;
  for (let tries = 1; tries <= 3; tries++) expect(await split(takers, bars(2))).toBe('http');
  expect(bought(await splitBars(takers, bars(2)))).toEqual([NaN, NaN]);
  expect(bought(await splitBars(takers, [bar(2)]))).toEqual([NaN]);
  told = [row(3)];
  expect(bought(await splitBars(takers, [bar(3)]))).toEqual([4]);
  told = null;
  expect(await split(takers, [bar(4)])).toBe('http');
});

it('counts no question as failed that nobody waited for', async () => {
  const takers = create();
  [told, kind] = [null, 'aborted'];
  for (let tries = 1; tries <= 6; tries++) expect(await split(takers, bars(2))).toBe('aborted');
  kind = 'http';
  for (let tries = 1; tries <= 3; tries++) expect(await split(takers, bars(2))).toBe('http');
  told = [row(0), row(1)];
  expect(bought(await splitBars(takers, bars(2)))).toEqual([4, 4]);
});

it('waits for no rows where the venue is blocked', async () => {
  [told, kind] = [null, 'blocked'];
  expect(bought(await splitBars(create(), bars(2)))).toEqual([NaN, NaN]);
});

it('asks no more where the venue tells nothing where it should', async () => {
  const silent = create();
  nowMs += 3 * BAR_MS;
  expect(await splitBars(silent, bars(5))).toHaveLength(5);
  const askedCount = asked.length;
  expect(await splitBars(silent, bars(5))).toHaveLength(5);
  expect(asked).toHaveLength(askedCount);
  // For an hour: it may have failed to tell for a while only.
  nowMs += HOUR_MS;
  told = [row(0), row(1)];
  expect(bought(await splitBars(silent, bars(2)))).toEqual([4, 4]);
});

it.each([0, BAR_MS])(
  'finds out what rows are labelled by from the volumes: %d ms after the opening',
  async (offsetMs) => {
    nowMs += BAR_MS;
    const list = [bar(0, 10), bar(1, 20), bar(2, 30)];
    told = list.map(({ openTimeMs, volume }) => ({
      timeMs: openTimeMs + offsetMs,
      buys: volume / 4,
      sells: (3 * volume) / 4,
    }));
    expect(bought(await splitBars(create(false), list))).toEqual([2.5, 5, 7.5]);
  },
);

it('splits nothing where the volumes do not agree', async () => {
  nowMs += 3 * BAR_MS;
  told = [0, 1, 2].map((nth) => ({ ...row(nth), buys: 400, sells: 400 }));
  expect(bought(await splitBars(create(false), bars(3)))).toEqual([NaN, NaN, NaN]);
});
