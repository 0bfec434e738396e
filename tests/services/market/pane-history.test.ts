import { expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import type { PaneHistory } from '@/lib/market/pane-history';
import { COLUMN_MS, columnFromProfile } from '@/lib/model/history';
import { readPaneHistory } from '@/lib/services/market/pane-history';
import { randomProfile } from '@/tests/render/profiles';

const START_MS = Date.UTC(2026, 4, 20, 22);
const END_MS = START_MS + 4 * 60 * MINUTE_MS;
const BAR_MS = 5 * MINUTE_MS;

const BAR: Bar = {
  openTimeMs: 0,
  open: 60_000,
  high: 61_000,
  low: 59_000,
  close: 60_000,
  volume: 1,
  takerBuyVolume: NaN,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
};

/** A log with a column every 15 minutes and a bar every five. */
const LOG = {
  readColumns: (contractId: string, fromMs: number, toMs: number) => {
    const rows = [];
    for (let timeMs = Math.ceil(fromMs / COLUMN_MS) * COLUMN_MS; timeMs < toMs; timeMs += COLUMN_MS)
      rows.push({ timeMs, column: columnFromProfile({ ...randomProfile(contractId.length), asOfMs: timeMs }) });
    return Promise.resolve(rows);
  },
  readBars: (_id: string, fromMs: number, toMs: number) => {
    const bars: Bar[] = [];
    for (let openTimeMs = fromMs; openTimeMs < toMs; openTimeMs += BAR_MS) bars.push({ ...BAR, openTimeMs });
    return Promise.resolve(bars);
  },
};

async function read(stepMs: number, changes: { readonly priceFactor?: number; readonly fromMs?: number } = {}) {
  const parts: PaneHistory[] = [];
  const { priceFactor = 1, fromMs = START_MS } = changes;
  await readPaneHistory(
    LOG,
    { contractIds: ['binance:A', 'bybit:AB'], madeOf: 'both', filledFromMs: START_MS, openBars: [], priceFactor },
    { fromMs, toMs: END_MS, stepMs },
    (part) => parts.push(part),
    () => true,
  );
  return parts;
}

it('comes day by day, the newest first, and says when it ends', async () => {
  const parts = await read(15 * MINUTE_MS);
  const midnight = Date.UTC(2026, 4, 21);
  expect(parts.map(({ fromMs, toMs, isLast }) => [fromMs, toMs, isLast])).toEqual([
    [midnight, END_MS, false],
    [START_MS, midnight, true],
  ]);
});

it('has one column as of the opening of every bar, none for bars within the same 15 minutes', async () => {
  const timesOf = async (stepMs: number) =>
    (await read(stepMs))
      .flatMap(({ columns }) => columns.map(({ timeMs }) => (timeMs - START_MS) / MINUTE_MS))
      .sort((a, b) => a - b);
  expect(await timesOf(60 * MINUTE_MS)).toEqual([0, 60, 120, 180]);
  expect(await timesOf(5 * MINUTE_MS)).toEqual(Array.from({ length: 16 }, (_, i) => 15 * i));
});

it('tells prices in the multiple that the chart counts in', async () => {
  const [[plain], [scaled]] = await Promise.all([read(BAR_MS), read(BAR_MS, { priceFactor: 1000 })]);
  expect(scaled.bars.slice(1, 3)).toEqual(plain.bars.slice(1, 3).map((price) => price * 1000));
  const { cellWidth, long } = plain.columns[0];
  const shift = scaled.columns[0].long.firstCell - long.firstCell;
  expect(Math.abs(shift * cellWidth - Math.log(1000))).toBeLessThanOrEqual(cellWidth);
});

it('refuses stretches that no chart shows', async () => {
  expect(await read(15 * MINUTE_MS, { fromMs: END_MS - 40 * DAY_MS })).toEqual([]);
  expect(await read(MINUTE_MS, { fromMs: END_MS - 30 * DAY_MS })).toEqual([]);
  expect(await read(MINUTE_MS, { fromMs: END_MS })).toEqual([]);
});

it('says of what it is made, and ends where nobody wants the rest', async () => {
  const parts: PaneHistory[] = [];
  let looks = 0;
  await readPaneHistory(
    LOG,
    { contractIds: ['binance:A'], madeOf: 'it', filledFromMs: 0, openBars: [], priceFactor: 1 },
    { fromMs: START_MS, toMs: END_MS, stepMs: BAR_MS },
    (part) => parts.push(part),
    // While the second day is read another contract takes the place.
    () => (looks += 1) < 4,
  );
  expect(parts.map(({ madeOf, isLast }) => [madeOf, isLast])).toEqual([['it', false]]);
});
