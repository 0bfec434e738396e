import { describe, expect, it } from 'vitest';

import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { bookConfigKey, createBookConfig } from '@/lib/model/book-config';
import { createEstimator } from '@/lib/services/contract/estimator';
import { createHistoryCollector } from '@/lib/services/contract/history-collector';
import { createVenueClock } from '@/lib/services/venue/venue-clock';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { VenueError } from '@/lib/venues/venue';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { barAt, createFakeVenue } from '@/tests/services/fake-venue';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const REFUSED: VenueError = { kind: 'network', message: 'unreachable', detail: '', retryAtMs: null };
const newLog = () => createMemoryLog(() => {});

/** A background's life: opens on the log, fills, folds; the timers it set are run by hand. */
function live(log: MarketLog, fake: ReturnType<typeof createFakeVenue>, contract: Contract = BTCUSDT) {
  const clock = createVenueClock(() => fake.state.nowMs);
  const abort = new AbortController();
  const timers = new Set<() => void>();
  const errors: (VenueError | null)[] = [];
  const environment = {
    now: () => fake.state.nowMs,
    setTimer(callback: () => void) {
      timers.add(callback);
      return () => timers.delete(callback);
    },
    log: () => {},
  };
  const collector = createHistoryCollector(
    fake.venue,
    contract,
    log,
    clock,
    environment,
    {
      onProgress: () => {},
      onLog: () => {},
      onError: (error) => errors.push(error),
      onFailure: (cause) => {
        throw cause;
      },
      isSeen: () => true,
    },
    abort.signal,
  );
  return {
    clock,
    collector,
    errors,
    kill: () => abort.abort(),
    runTimers() {
      const due = [...timers];
      timers.clear();
      for (const callback of due) callback();
    },
    async fold() {
      const tiers = await fake.venue.fetchRiskTiers('BTCUSDT', abort.signal);
      const estimator = await createEstimator(BTCUSDT, tiers, collector.historyStartMs, log);
      await estimator.advance(collector.settledThroughMs);
      return estimator;
    },
  };
}

/** The levels as the band would draw them, with no live bars. */
const levels = (estimator: Awaited<ReturnType<typeof createEstimator>>) => {
  const { long, short, firstBin } = estimator.profile({ bars: [], markPrice: 60_000, lastPrice: 60_000, asOfMs: 0 });
  return { firstBin, long: [...long], short: [...short] };
};

/** A venue that lists the minutes of those bars alone. */
function venueWithMinutes(isListed: (openMs: number) => boolean) {
  const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
  const { minutes } = fake.venue;
  if (minutes === undefined) throw new Error('no minutes');
  const fetch: typeof minutes.fetch = async (...asked) => {
    const told = await minutes.fetch(...asked);
    return told.ok ? ok(told.value.filter(({ openTimeMs }) => isListed(openTimeMs))) : told;
  };
  return { ...fake, venue: { ...fake.venue, minutes: { ...minutes, fetch } } };
}

describe('history and fold', () => {
  it('fills 30 days within 40 requests and folds up to the last closed bar', async () => {
    const fake = createFakeVenue(NOW_MS);
    const life = live(newLog(), fake);
    await life.collector.open();
    await life.collector.fill();
    expect(fake.state.requests).toBeLessThanOrEqual(40);
    const estimator = await life.fold();
    expect(estimator.throughMs).toBe(Math.floor(NOW_MS / BAR_MS) * BAR_MS);
    expect(estimator.throughMs - life.collector.historyStartMs).toBeGreaterThan(29.8 * DAY_MS);
    expect(levels(estimator).long.some((usd) => usd > 1e5)).toBe(true);
  });

  it.each([false, true])('gives the same levels to the bit after kills, minutes listed: %s', async (hasMinutes) => {
    const untouched = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes });
    const whole = live(untouched, fake);
    await whole.collector.open();
    await whole.collector.fill();

    const log = newLog();
    const other = createFakeVenue(NOW_MS, { hasMinutes });
    for (let life = 0; life < 20; life += 1) {
      const one = live(log, other);
      await one.collector.open();
      // Killed after a few microtasks, so at another place of the back-fill each time.
      const filling = one.collector.fill();
      for (let turn = 0; turn < life * 3; turn += 1) await Promise.resolve();
      one.kill();
      await filling;
      await one.fold();
    }

    const endMs = NOW_MS + 5 * HOUR_MS;
    fake.state.nowMs = endMs;
    other.state.nowMs = endMs;
    const last = live(log, other);
    await last.collector.open();
    await last.collector.fill();
    const uninterrupted = live(untouched, fake);
    await uninterrupted.collector.open();
    await uninterrupted.collector.fill();
    expect(await log.readMinutes(BTCUSDT.id, 0)).toEqual(await untouched.readMinutes(BTCUSDT.id, 0));
    const expected = levels(await uninterrupted.fold());
    expect(levels(await last.fold())).toEqual(expected);
    // And so does a fold of the same log without any checkpoint.
    const bare = newLog();
    await bare.keepHistoryStart(BTCUSDT.id, { startMs: last.collector.historyStartMs, minutesMs: null });
    await bare.keepSeed(BTCUSDT.id, (await log.readSeed(BTCUSDT.id)) ?? []);
    await bare.appendBars(BTCUSDT.id, await log.readBars(BTCUSDT.id, 0));
    await bare.appendMinutes(BTCUSDT.id, await log.readMinutes(BTCUSDT.id, 0));
    await bare.appendOpenInterest(BTCUSDT.id, await log.readOpenInterest(BTCUSDT.id, 0));
    const fresh = live(bare, other);
    await fresh.collector.open();
    expect(levels(await fresh.fold())).toEqual(expected);
  });

  it('asks for the minutes of a day at first, and then for those of every bar, also after a sleep', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
    const first = live(log, fake);
    await first.collector.open();
    await first.collector.fill();
    expect(fake.state.requests).toBeLessThanOrEqual(40);
    const startMs = first.collector.minutesStartMs ?? NaN;
    expect(NOW_MS - startMs).toBeGreaterThan(20 * HOUR_MS);
    expect(NOW_MS - startMs).toBeLessThan(DAY_MS);

    fake.state.nowMs = NOW_MS + 3 * DAY_MS;
    const woken = live(log, fake);
    await woken.collector.open();
    await woken.collector.fill();
    const times = (await log.readMinutes(BTCUSDT.id, 0)).map(({ openTimeMs }) => openTimeMs);
    expect(times).toEqual(await log.readBarTimes(BTCUSDT.id, startMs));

    const withMinutes = levels(await woken.fold());
    const without = newLog();
    const plain = live(without, createFakeVenue(NOW_MS + 3 * DAY_MS));
    await without.keepHistoryStart(BTCUSDT.id, { startMs: first.collector.historyStartMs, minutesMs: null });
    await without.keepSeed(BTCUSDT.id, (await log.readSeed(BTCUSDT.id)) ?? []);
    await without.appendBars(BTCUSDT.id, await log.readBars(BTCUSDT.id, 0));
    await without.appendOpenInterest(BTCUSDT.id, await log.readOpenInterest(BTCUSDT.id, 0));
    await plain.collector.open();
    expect(levels(await plain.fold()).long).not.toEqual(withMinutes.long);
  });

  it('asks for the minutes of the last day of a contract that is listed since ten days, from the same time ever after', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
    const young: Contract = { ...BTCUSDT, listedTimeMs: NOW_MS - 10 * DAY_MS };
    const first = live(log, fake, young);
    await first.collector.open();
    await first.collector.fill();
    const startMs = first.collector.minutesStartMs ?? NaN;
    expect(NOW_MS - startMs).toBeGreaterThan(20 * HOUR_MS);
    expect(NOW_MS - startMs).toBeLessThan(DAY_MS);
    const times = (await log.readMinutes(BTCUSDT.id, 0)).map(({ openTimeMs }) => openTimeMs);
    expect(times).toEqual(await log.readBarTimes(BTCUSDT.id, startMs));

    fake.state.nowMs = NOW_MS + 3 * DAY_MS;
    const next = live(log, fake, young);
    await next.collector.open();
    expect(next.collector.minutesStartMs).toBe(startMs);
  });

  it('keeps to what an older version began with, which did not store from when on minutes are asked for', async () => {
    const log = newLog();
    const startMs = NOW_MS - (NOW_MS % HOUR_MS) - 20 * DAY_MS;
    await log.keepHistoryStart(BTCUSDT.id, { startMs, minutesMs: null });
    const life = live(log, createFakeVenue(NOW_MS, { hasMinutes: true }));
    await life.collector.open();
    expect(life.collector.minutesStartMs).toBe(startMs + 29 * DAY_MS);
  });

  it('leaves the newest bar for later while its minutes are late', async () => {
    const log = newLog();
    const life = live(
      log,
      venueWithMinutes((openMs) => openMs < NOW_MS - 2 * BAR_MS),
    );
    await life.collector.open();
    await life.collector.fill();
    const newestMs = Math.floor(NOW_MS / BAR_MS) * BAR_MS - BAR_MS;
    expect((await log.readBarTimes(BTCUSDT.id, 0)).at(-1)).toBe(newestMs - BAR_MS);
    const next = live(log, createFakeVenue(NOW_MS, { hasMinutes: true }));
    await next.collector.open();
    await next.collector.fill();
    expect((await log.readMinutes(BTCUSDT.id, 0)).at(-1)?.openTimeMs).toBe(newestMs);
  });

  it('waits for late minutes for an hour: a single bar that never has any holds up nothing', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
    const { minutes } = fake.venue;
    if (minutes === undefined) throw new Error('no minutes');
    const lacking = (ageBars: number) => {
      const openMs = Math.floor(NOW_MS / BAR_MS) * BAR_MS - ageBars * BAR_MS;
      const fetch: typeof minutes.fetch = async (...asked) => {
        const told = await minutes.fetch(...asked);
        return told.ok ? ok(told.value.filter(({ openTimeMs }) => openTimeMs !== openMs)) : told;
      };
      // Asked for alone, as the one that is missing between others.
      const fetchBars: typeof fake.venue.fetchBars = async (symbol, span, signal) => {
        const told = await fake.venue.fetchBars(symbol, span, signal);
        const isAlone = span.startMs === openMs && span.endMs === openMs + BAR_MS;
        return told.ok && !isAlone ? ok(told.value.filter(({ openTimeMs }) => openTimeMs !== openMs)) : told;
      };
      return { openMs, fake: { ...fake, venue: { ...fake.venue, fetchBars, minutes: { ...minutes, fetch } } } };
    };
    const old = lacking(20);
    const life = live(log, old.fake);
    await life.collector.open();
    await life.collector.fill();
    const again = live(log, old.fake);
    await again.collector.open();
    await again.collector.fill();
    expect(await log.readBarTimes(BTCUSDT.id, old.openMs)).toContain(old.openMs);
    expect(again.collector.settledThroughMs).toBe(Math.floor(NOW_MS / BAR_MS) * BAR_MS);
  });

  it('folds anew but once where the venue never lists the minutes of a bar', async () => {
    const log = newLog();
    const missingMs = Math.floor(NOW_MS / BAR_MS) * BAR_MS - 20 * BAR_MS;
    const fake = venueWithMinutes((openMs) => openMs !== missingMs);
    const life = live(log, fake);
    await life.collector.open();
    await life.collector.fill();
    const before = levels(await life.fold());
    const tiers = await fake.venue.fetchRiskTiers('BTCUSDT', new AbortController().signal);
    const checkpoints = () => log.readCheckpoints(BTCUSDT.id, bookConfigKey(createBookConfig(tiers, 'linear')));
    expect(await checkpoints()).not.toEqual([]);
    // They may have been lost on their way.
    const again = live(log, fake);
    await again.collector.open();
    expect(await checkpoints()).toEqual([]);
    await again.collector.fill();
    expect(levels(await again.fold())).toEqual(before);
    const last = live(log, fake);
    await last.collector.open();
    expect(await checkpoints()).not.toEqual([]);
    const asked = fake.state.requests;
    await last.collector.fill();
    expect(fake.state.requests).toBe(asked);
    expect(levels(await last.fold())).toEqual(before);
  });

  it('stores no bar whose minutes failed to come: it is asked for again, with them', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
    const { minutes } = fake.venue;
    if (minutes === undefined) throw new Error('no minutes');
    const life = live(log, {
      ...fake,
      venue: { ...fake.venue, minutes: { ...minutes, fetch: async () => err(REFUSED) } },
    });
    await life.collector.open();
    await life.collector.fill();
    const startMs = life.collector.minutesStartMs ?? NaN;
    expect((await log.readBarTimes(BTCUSDT.id, 0)).filter((timeMs) => timeMs >= startMs)).toEqual([]);
    expect(life.errors.at(-1)).toEqual(REFUSED);
  });

  it('reports a failure, then fetches what is missing when its timer runs', async () => {
    const fake = createFakeVenue(NOW_MS);
    const life = live(newLog(), fake);
    await life.collector.open();
    fake.state.fail = REFUSED;
    await life.collector.fill();
    expect(life.errors).toEqual([REFUSED]);
    fake.state.fail = null;
    life.runTimers();
    await life.collector.fill();
    expect(life.errors.at(-1)).toBeNull();
    expect((await life.fold()).throughMs).toBe(Math.floor(NOW_MS / BAR_MS) * BAR_MS);
  });

  it('asks for the time where the newest bar stays away: without a stream nobody states it', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS);
    let isTimeStated = false;
    const venue: typeof fake.venue = {
      ...fake.venue,
      fetchBars: (symbol, span, signal) =>
        fake.venue.fetchBars(symbol, { ...span, endMs: span.endMs - (isTimeStated ? 0 : BAR_MS) }, signal),
      fetchTime: (signal) => {
        isTimeStated = true;
        return fake.venue.fetchTime(signal);
      },
    };
    const life = live(log, { ...fake, venue });
    await life.collector.open();
    await life.collector.fill();
    const newestMs = Math.floor(NOW_MS / BAR_MS) * BAR_MS - BAR_MS;
    for (let tries = 0; tries < 3; tries++) {
      expect((await log.readBarTimes(BTCUSDT.id, 0)).at(-1)).toBe(newestMs - (isTimeStated ? 0 : BAR_MS));
      life.runTimers();
      await life.collector.fill();
    }
    expect((await log.readBarTimes(BTCUSDT.id, 0)).at(-1)).toBe(newestMs);
  });

  it('stores no open bar, nor its minutes, where venue and machine both tell a time that is hours ahead', async () => {
    const log = newLog();
    const openMs = Math.floor(NOW_MS / BAR_MS) * BAR_MS;
    const fake = createFakeVenue(openMs + BAR_MS - 30_000, { hasMinutes: true });
    const { minutes } = fake.venue;
    if (minutes === undefined) throw new Error('no minutes');
    let trueMs = fake.state.nowMs;
    /** As far as they have come: the newest is still traded in. */
    const traded = <T extends { readonly openTimeMs: number }>(rows: readonly T[], partly: (row: T) => T): T[] =>
      rows
        .filter(({ openTimeMs }) => openTimeMs < trueMs)
        .map((row) => (row.openTimeMs + BAR_MS > trueMs ? partly(row) : row));
    const venue: typeof fake.venue = {
      ...fake.venue,
      async fetchBars(symbol, span, signal) {
        const told = await fake.venue.fetchBars(symbol, span, signal);
        return told.ok ? ok(traded(told.value, (bar) => ({ ...bar, volume: bar.volume / 2 }))) : told;
      },
      minutes: {
        ...minutes,
        async fetch(symbol, span, signal) {
          const told = await minutes.fetch(symbol, span, signal);
          return told.ok ? ok(traded(told.value, (each) => ({ ...each, path: each.path.map((n) => n / 2) }))) : told;
        },
      },
    };
    fake.state.nowMs += 3 * HOUR_MS;
    const life = live(log, { ...fake, venue });
    await life.collector.open();
    await life.collector.fill();
    expect((await log.readBarTimes(BTCUSDT.id, 0)).at(-1)).toBe(openMs - BAR_MS);
    expect((await log.readMinutesTimes(BTCUSDT.id, 0)).at(-1)).toBe(openMs - BAR_MS);
    trueMs = openMs + 2.5 * BAR_MS;
    life.runTimers();
    await life.collector.fill();
    expect((await log.readBars(BTCUSDT.id, openMs)).map(({ volume }) => volume)).toEqual(
      [0, 1].map((nth) => barAt(openMs + nth * BAR_MS).volume),
    );
    expect(await log.readMinutes(BTCUSDT.id, openMs)).toHaveLength(2);
  });

  it('begins anew when the log ended longer ago than the venue reaches back', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS);
    const before = live(log, fake);
    await before.collector.open();
    await before.collector.fill();
    fake.state.nowMs = NOW_MS + 45 * DAY_MS;
    const after = live(log, fake);
    after.clock.observe(fake.state.nowMs);
    await after.collector.open();
    await after.collector.fill();
    expect(after.collector.historyStartMs).toBeGreaterThan(NOW_MS + 14 * DAY_MS);
    expect((await after.fold()).throughMs).toBe(Math.floor(fake.state.nowMs / BAR_MS) * BAR_MS);
  });

  it.each([
    ['after it was first opened so', false],
    ['of a contract that has a history', true],
  ])('goes on once a machine clock that was set to another year is right again, %s', async (_when, hasHistory) => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS);
    const first = live(log, fake);
    if (hasHistory) {
      await first.collector.open();
      await first.collector.fill();
    }
    const startMs = hasHistory ? first.collector.historyStartMs : null;
    first.kill();
    fake.state.nowMs = NOW_MS + 365 * DAY_MS;
    fake.state.fail = REFUSED;
    const wrong = live(log, fake);
    await wrong.collector.open();
    wrong.kill();
    fake.state.nowMs = NOW_MS;
    fake.state.fail = null;
    const right = live(log, fake);
    await right.collector.open(Promise.resolve(right.clock.observe(NOW_MS)));
    await right.collector.fill();
    expect((await right.fold()).throughMs).toBe(Math.floor(NOW_MS / BAR_MS) * BAR_MS);
    if (startMs !== null) expect(right.collector.historyStartMs).toBe(startMs);
  });

  it('asks again for what was lost of all that pruning keeps: a fold under another mix begins there', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS);
    const before = live(log, fake);
    await before.collector.open();
    await before.collector.fill();
    fake.state.nowMs = NOW_MS + 3 * DAY_MS;
    const times = await log.readBarTimes(BTCUSDT.id, 0);
    const lostMs = times[0] + DAY_MS;
    const damaged = newLog();
    const { startMs, minutesMs } = { startMs: before.collector.historyStartMs, minutesMs: null };
    await damaged.keepHistoryStart(BTCUSDT.id, { startMs, minutesMs });
    await damaged.appendBars(
      BTCUSDT.id,
      (await log.readBars(BTCUSDT.id, 0)).filter(({ openTimeMs }) => openTimeMs !== lostMs),
    );
    const after = live(damaged, fake);
    await after.collector.open();
    await after.collector.fill();
    expect(await damaged.readBarTimes(BTCUSDT.id, 0)).toContain(lostMs);
  });

  it('asks for minutes no further back than the venue tells them, however long nobody was there', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true, minutesReachMs: 6 * DAY_MS });
    const first = live(log, fake);
    await first.collector.open();
    await first.collector.fill();
    fake.state.nowMs = NOW_MS + 10 * DAY_MS;
    const woken = live(log, fake);
    await woken.collector.open();
    await woken.collector.fill();
    expect(woken.errors).toEqual([null]);
    expect((await log.readBarTimes(BTCUSDT.id, 0)).at(-1)).toBe(
      Math.floor(fake.state.nowMs / BAR_MS) * BAR_MS - BAR_MS,
    );
    const times = await log.readMinutesTimes(BTCUSDT.id, NOW_MS);
    expect(times[0]).toBeGreaterThanOrEqual(fake.state.nowMs - 6 * DAY_MS);
    expect(times[0]).toBeLessThan(fake.state.nowMs - 6 * DAY_MS + 3 * BAR_MS);
  });

  it('asks again for the minutes of a day that lost them, and folds it with them', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS, { hasMinutes: true });
    for (const days of [0, 3]) {
      fake.state.nowMs = NOW_MS + days * DAY_MS;
      const life = live(log, fake);
      await life.collector.open();
      await life.collector.fill();
      life.kill();
    }
    const lostDay = Math.floor(NOW_MS / DAY_MS) + 1;
    const minutes = await log.readMinutes(BTCUSDT.id, 0);
    const damaged = newLog();
    const startMs = (await log.readHistoryStart(BTCUSDT.id)) ?? NaN;
    await damaged.keepHistoryStart(BTCUSDT.id, { startMs, minutesMs: minutes[0].openTimeMs });
    // But for those that came in after the damage.
    const isLost = ({ openTimeMs }: { openTimeMs: number }) =>
      Math.floor(openTimeMs / DAY_MS) === lostDay && openTimeMs % DAY_MS < 20 * HOUR_MS;
    await damaged.appendMinutes(
      BTCUSDT.id,
      minutes.filter((each) => !isLost(each)),
    );
    await damaged.appendBars(BTCUSDT.id, await log.readBars(BTCUSDT.id, 0));
    for (const throughMs of [lostDay * DAY_MS, lostDay * DAY_MS + HOUR_MS])
      await damaged.writeCheckpoint(BTCUSDT.id, { key: 'k', throughMs, snapshot: 1 });
    const after = live(damaged, fake);
    await after.collector.open();
    expect(after.collector.settledThroughMs).toBeLessThanOrEqual(lostDay * DAY_MS);
    expect((await damaged.readCheckpoints(BTCUSDT.id, 'k')).map(({ throughMs }) => throughMs)).toEqual([
      lostDay * DAY_MS,
    ]);
    await after.collector.fill();
    expect(await damaged.readMinutes(BTCUSDT.id, 0)).toEqual(minutes);
  });

  it('asks for nothing twice of a contract of which the venue does not list every minute', async () => {
    const log = newLog();
    const sparse = venueWithMinutes((openMs) => openMs % HOUR_MS !== 0);
    const first = live(log, sparse);
    await first.collector.open();
    await first.collector.fill();
    const asked = sparse.state.requests;
    const next = live(log, sparse);
    await next.collector.open();
    await next.collector.fill();
    expect(sparse.state.requests).toBe(asked);
  });

  it('keeps checkpoints under the key of the configuration', async () => {
    const log = newLog();
    const fake = createFakeVenue(NOW_MS);
    const life = live(log, fake);
    await life.collector.open();
    await life.collector.fill();
    await life.fold();
    const tiers = await fake.venue.fetchRiskTiers('BTCUSDT', new AbortController().signal);
    expect(await log.readCheckpoints(BTCUSDT.id, bookConfigKey(createBookConfig(tiers, 'linear')))).toHaveLength(1);
  });
});
