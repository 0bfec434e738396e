import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { TimeSpan } from '@/lib/core/ranges';
import { err, ok } from '@/lib/core/result';
import { createSeriesFiller, PAGES_AT_ONCE, type SeriesSource } from '@/lib/services/contract/series-filler';
import { createTurns } from '@/lib/services/scheduling/turns';
import type { VenueError } from '@/lib/venues/venue';

const REFUSED: VenueError = { kind: 'http', message: 'refused', detail: '500', retryAtMs: null };

/** A venue that holds `times`, gives at most `serverPage` items an answer and refuses the calls whose number is in `refuse`. */
function fakeSource(times: readonly number[], serverPage: number, refuse: readonly number[] = []) {
  const stored: number[] = [];
  const calls: TimeSpan[] = [];
  const source: SeriesSource<number> = {
    stepMs: 5,
    itemsPerPage: 10,
    startMs: 0,
    timeOf: (time) => time,
    fetch: (span) => {
      calls.push(span);
      if (refuse.includes(calls.length)) return Promise.resolve(err(REFUSED));
      const page = times.filter((time) => time >= span.startMs && time < span.endMs).slice(0, serverPage);
      return Promise.resolve(ok(page));
    },
    append: (items) => {
      stored.push(...items);
      return Promise.resolve();
    },
    inTurn: createTurns(PAGES_AT_ONCE),
  };
  return { source, stored, calls };
}

const steps = (from: number, to: number) => Array.from({ length: (to - from) / 5 }, (_, i) => from + i * 5);
const nothing = () => {};

it('fetches only what is missing', async () => {
  const { source, stored, calls } = fakeSource(steps(0, 300), 10);
  const filler = createSeriesFiller(source, [...steps(0, 100), ...steps(150, 200)]);
  expect(filler.missingMs(300)).toBe(150);
  expect(await filler.fill(() => 300, nothing)).toBeNull();
  expect(stored.sort((a, b) => a - b)).toEqual([...steps(100, 150), ...steps(200, 300)]);
  expect(calls).toHaveLength(3);
  expect(filler.missingMs(300)).toBe(0);
});

it('keeps asking for the newest step until it is published', async () => {
  const published = steps(0, 95);
  const { source, stored } = fakeSource(published, 10);
  const filler = createSeriesFiller(source, []);
  await filler.fill(() => 100, nothing);
  expect(filler.missingMs(100)).toBe(5);
  published.push(95);
  await filler.fill(() => 100, nothing);
  expect(filler.missingMs(100)).toBe(0);
  expect(stored.at(-1)).toBe(95);
});

it('lets the newest item wait for one that follows where steps should be there that are not: the time is wrong', async () => {
  const published = steps(0, 60);
  const { source, stored } = fakeSource(published, 10);
  const filler = createSeriesFiller(source, steps(0, 50));
  await filler.fill(() => 95, nothing);
  expect(stored).toEqual([50]);
  await filler.fill(() => 70, nothing);
  expect(stored).toEqual([50]);
  published.push(60);
  await filler.fill(() => 95, nothing);
  expect(stored).toEqual([50, 55]);
  await filler.fill(() => 65, nothing);
  expect(stored).toEqual([50, 55, 60]);
  expect(filler.missingMs(65)).toBe(0);
});

it('goes by the time as it is known by now, however long the filling takes', async () => {
  const { source, stored } = fakeSource(steps(0, 60), 3);
  const ends = [95, 65];
  await createSeriesFiller(source, steps(0, 50)).fill(() => ends.shift() ?? 60, nothing);
  expect(stored).toEqual([50, 55]);
  expect(ends).toEqual([]);
});

it('stores the last item before a gap of the venue, which later ones follow', async () => {
  const { source, stored } = fakeSource([...steps(0, 60), ...steps(80, 150)], 10);
  const filler = createSeriesFiller(source, [...steps(0, 50), ...steps(80, 100)]);
  await filler.fill(() => 150, nothing);
  expect(stored.sort((a, b) => a - b)).toEqual([...steps(50, 60), ...steps(100, 150)]);
  expect(filler.missingMs(150)).toBe(0);
});

it('gives up a step that the venue skipped once a later one is there', async () => {
  const { source } = fakeSource([...steps(0, 40), ...steps(60, 100)], 10);
  const filler = createSeriesFiller(source, []);
  await filler.fill(() => 100, nothing);
  expect(filler.missingMs(100)).toBe(0);
});

it('returns the error, keeps what arrived and fetches the rest next time', async () => {
  const { source, stored } = fakeSource(steps(0, 150), 10, [2]);
  const filler = createSeriesFiller(source, []);
  expect(await filler.fill(() => 150, nothing)).toEqual(REFUSED);
  expect(filler.missingMs(150)).toBe(50);
  expect(await filler.fill(() => 150, nothing)).toBeNull();
  expect(stored.sort((a, b) => a - b)).toEqual(steps(0, 150));
});

it('ends complete and without doubles whatever is stored and however short the answers are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(steps(0, 245)),
      fc.subarray(steps(0, 250)),
      fc.integer({ min: 2, max: 10 }),
      async (older, held, serverPage) => {
        const offered = [...older, 245];
        const stored = held.filter((time) => offered.includes(time));
        const fake = fakeSource(offered, serverPage);
        const filler = createSeriesFiller(fake.source, stored);
        await filler.fill(() => 250, nothing);
        expect([...stored, ...fake.stored].sort((a, b) => a - b)).toEqual(offered);
      },
    ),
  );
});

it('holds no more than eight pages at a time, and stops asking where all would hear the same', async () => {
  const { source, calls } = fakeSource(steps(0, 2000), 10);
  let open = 0;
  let most = 0;
  const slow = {
    ...source,
    append: async (items: readonly number[]) => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      return source.append(items);
    },
  };
  expect(await createSeriesFiller(slow, []).fill(() => 2000, nothing)).toBeNull();
  expect(calls).toHaveLength(40);
  expect(most).toBe(8);

  const away = { ...source, fetch: () => Promise.resolve(err({ ...REFUSED, kind: 'network' } as const)) };
  let asked = 0;
  const error = await createSeriesFiller(
    {
      ...away,
      fetch: () => {
        asked += 1;
        return away.fetch();
      },
    },
    [],
  ).fill(() => 2000, nothing);
  expect(error?.kind).toBe('network');
  expect(asked).toBe(8);
});

it('holds no more pages in memory than there are turns, however many series share them', async () => {
  const inTurn = createTurns(3);
  let held = 0;
  let most = 0;
  const fillers = [0, 1, 2, 3].map(() => {
    const { source, stored } = fakeSource(steps(0, 500), 10);
    const filler = createSeriesFiller<number>(
      {
        ...source,
        async fetch(span) {
          held += 1;
          most = Math.max(most, held);
          await Promise.resolve();
          return source.fetch(span);
        },
        async append(items) {
          await Promise.resolve();
          await source.append(items);
          held -= 1;
        },
        inTurn,
      },
      [],
    );
    return { filler, stored };
  });
  await Promise.all(fillers.map(({ filler }) => filler.fill(() => 500, nothing)));
  expect(most).toBe(3);
  for (const { stored } of fillers) expect(stored).toHaveLength(100);
});
