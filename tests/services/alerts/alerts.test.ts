import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { AlertCondition, AlertFiring, AlertRule, QuietHours } from '@/lib/market/alert';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { OwnPosition } from '@/lib/market/own-position';
import { COLUMN_MS, type HistoryColumn } from '@/lib/model/history';
import { readGrowth } from '@/lib/services/alerts/alert-growth';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT, sampleContract } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage, noAlerts, storedValue } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const ruleFor = (condition: AlertCondition, changed: Partial<AlertRule> = {}): AlertRule => ({
  id: 'rule',
  isOn: true,
  contractId: BTCUSDT.id,
  condition,
  cooldownMs: 60 * MINUTE_MS,
  ...changed,
});
const NEAR_OWN = ruleFor({ kind: 'own-liquidation', within: 0.5 });
const LIQUIDATED = ruleFor({ kind: 'liquidated', windowMs: 5 * MINUTE_MS, leastUsd: 100_000 });
const NEAR_CLUSTER = ruleFor({ kind: 'near-cluster', within: 0.1, leastUsd: 1 });
const LONG: OwnPosition = {
  id: 'long',
  contractId: BTCUSDT.id,
  positionSide: 'long',
  entryPrice: 60_000,
  size: 1,
  sizeUnit: 'base',
  margin: { kind: 'leverage', leverage: 10 },
};

/** What outlives a worker, and workers over it one after the other. */
function world(
  rules: readonly AlertRule[],
  options: { quiet?: QuietHours; favourites?: readonly ContractId[]; others?: readonly Contract[] } = {},
) {
  const fake = createFakeVenue(NOW_MS);
  const others = (options.others ?? []).map((contract) => createFakeVenue(NOW_MS, { contract }));
  const log = createMemoryLog(() => {});
  const told: AlertFiring[] = [];
  /** The notifications that told it. */
  const notices: string[] = [];
  const alarms: boolean[] = [];
  const allowed = { isTold: true, minute: 12 * 60 };
  const store = {
    rules: storedValue(rules),
    quiet: storedValue<QuietHours | null>(options.quiet ?? null),
    memory: storedValue<unknown>(null),
    favourites: storedValue(options.favourites ?? []),
  };
  const stored = async () => ((await store.memory.getValue()) as { log: readonly AlertFiring[] } | null)?.log ?? [];
  return {
    fake,
    others,
    log,
    told,
    notices,
    store,
    stored,
    alarms,
    allowed,
    start: () =>
      createHubStage([fake, ...others], log, [LONG], {
        ...noAlerts(),
        store,
        async tell(id, firings) {
          // Written down before anybody hears of it.
          expect((await stored()).map((each) => each.id)).toEqual(
            expect.arrayContaining(firings.map((each) => each.id)),
          );
          if (!allowed.isTold) return false;
          notices.push(id);
          told.push(...firings);
          return true;
        },
        setAlarm: (isOn) => alarms.push(isOn),
        minuteOfDay: () => allowed.minute,
      }),
  };
}

describe('alerts', () => {
  it('ask nobody anything while there is no rule that is on', async () => {
    const w = world([{ ...NEAR_CLUSTER, isOn: false }]);
    const s = w.start();
    await s.pass(10 * SECOND_MS);
    expect(w.fake.state.requests).toBe(0);
    expect(w.alarms).toEqual([false]);
  });

  it('tell once that the price is near the user’s own liquidation price, with no page open', async () => {
    const w = world([NEAR_OWN]);
    const s = w.start();
    await s.pass(2 * MINUTE_MS);
    expect(w.told).toHaveLength(1);
    expect(w.told[0].facts).toMatchObject({ kind: 'own-liquidation', positionSide: 'long' });
    expect(w.alarms).toContain(true);
    // A mark now and then, no map and no stream.
    expect(w.fake.state.followed).toEqual([]);
    expect(w.fake.state.requests).toBeLessThan(12);
  });

  it('of which one cannot be looked after still tell of the others', async () => {
    const growing = ruleFor(
      { kind: 'cluster-grows', windowMs: 4 * COLUMN_MS, unit: 'usd', by: 1, leastUsd: 1 },
      { id: 'other' },
    );
    const w = world([growing, NEAR_OWN]);
    w.log.readColumns = () => Promise.reject(new Error('refused'));
    await w.start().pass(30 * SECOND_MS);
    expect(w.told.map(({ facts }) => facts.kind)).toEqual(['own-liquidation']);
  });

  /** Of which clusters was told. */
  const clustersOf = (told: readonly AlertFiring[]) =>
    told.map(({ facts }) => (facts.kind === 'near-cluster' ? `${facts.positionSide} ${facts.price}` : facts.kind));

  it('tell once of every cluster that the price is near, watching the map by themselves, over killed workers', async () => {
    const w = world([NEAR_CLUSTER]);
    const s = w.start();
    await s.pass(30 * SECOND_MS);
    expect(w.fake.state.followed).toEqual(['BTCUSDT']);
    await s.pass(MINUTE_MS);
    const first = clustersOf(w.told);
    expect(first.length).toBeGreaterThan(1);
    expect(new Set(first).size).toBe(first.length);
    for (let life = 0; life < 2; life += 1) await w.start().pass(40 * SECOND_MS);
    expect(clustersOf(w.told)).toEqual(first);
    // All together, though each stands in the log.
    expect(w.notices).toHaveLength(1);
    expect(await w.stored()).toHaveLength(first.length);
  });

  /** Only the largest clusters count there, which more than one venue has. */
  const worldOfSharedClusters = async () => {
    const bybit = sampleContract('BTCUSDT', 'BTC', { id: 'bybit:BTCUSDT', venueId: 'bybit' });
    const near = (leastUsd: number) =>
      world([ruleFor({ kind: 'near-cluster', within: 0.1, leastUsd }, { cooldownMs: MINUTE_MS })], { others: [bybit] });
    const all = near(1);
    await all.start().pass(20 * SECOND_MS);
    const largestUsd = Math.max(...all.told.map(({ facts }) => (facts.kind === 'near-cluster' ? facts.usd : 0)));
    return near(0.9 * largestUsd);
  };

  it('tell no second time of a cluster whose venues join a new worker’s map one after the other', async () => {
    const w = await worldOfSharedClusters();
    await w.start().pass(80 * SECOND_MS);
    const first = clustersOf(w.told);
    expect(first.length).toBeGreaterThan(0);
    await w.start().pass(30 * SECOND_MS);
    expect(clustersOf(w.told)).toEqual(first);
  });

  it('tell no second time of a cluster whose venue was away for minutes', async () => {
    const w = await worldOfSharedClusters();
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    const first = clustersOf(w.told);
    expect(first.length).toBeGreaterThan(0);
    const [{ state }] = w.others;
    [state.isMute, state.fail] = [true, { kind: 'network', message: 'gone', detail: 'gone', retryAtMs: null }];
    await s.pass(5 * MINUTE_MS, 5 * SECOND_MS);
    [state.isMute, state.fail] = [false, null];
    await s.pass(MINUTE_MS, 5 * SECOND_MS);
    expect(clustersOf(w.told)).toEqual(first);
  });

  it('tell once what was liquidated, and not below the sum', async () => {
    const w = world([LIQUIDATED]);
    w.fake.state.isRecording = true;
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    expect(w.fake.state.followedLiquidations).toEqual(['BTCUSDT']);
    const event = { positionSide: 'long', bankruptcyPrice: 60_000, averagePrice: NaN, qty: 1 } as const;
    w.fake.liquidate({ ...event, timeMs: w.fake.state.nowMs });
    await s.pass(20 * SECOND_MS);
    expect(w.told).toEqual([]);
    w.fake.liquidate({ ...event, timeMs: w.fake.state.nowMs + 1 });
    await s.pass(MINUTE_MS);
    expect(w.told.map(({ facts }) => facts)).toEqual([
      { kind: 'liquidated', windowMs: 5 * MINUTE_MS, longUsd: 120_000, shortUsd: 0 },
    ]);
  });

  it('tell no second time what was liquidated while a new worker has not read it back', async () => {
    const w = world([
      ruleFor({ kind: 'liquidated', windowMs: 12 * HOUR_MS, leastUsd: 100_000 }, { cooldownMs: MINUTE_MS }),
    ]);
    w.fake.state.isRecording = true;
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    const event = { positionSide: 'long', bankruptcyPrice: 60_000, averagePrice: NaN, qty: 2 } as const;
    w.fake.liquidate({ ...event, timeMs: w.fake.state.nowMs });
    await s.pass(3 * MINUTE_MS);
    expect(w.told).toHaveLength(1);
    for (let life = 0; life < 2; life += 1) await w.start().pass(3 * MINUTE_MS);
    expect(w.told).toHaveLength(1);
  });

  it('of the watch-list are about every favourite', async () => {
    const w = world([{ ...NEAR_CLUSTER, contractId: null }]);
    const s = w.start();
    await s.pass(10 * SECOND_MS);
    expect(w.fake.state.followed).toEqual([]);
    await w.store.favourites.setValue([BTCUSDT.id]);
    await s.pass(MINUTE_MS);
    expect(new Set(w.told.map(({ contractId }) => contractId))).toEqual(new Set([BTCUSDT.id]));
  });

  it('are not told twice by a worker that was killed at any moment', async () => {
    for (const killedAfterMs of [0, SECOND_MS, 5 * SECOND_MS, 20 * SECOND_MS]) {
      const w = world([NEAR_OWN]);
      await w.start().pass(killedAfterMs);
      for (let life = 0; life < 3; life += 1) await w.start().pass(20 * SECOND_MS);
      expect(w.told).toHaveLength(1);
      expect(await w.stored()).toMatchObject([{ isTold: true }]);
    }
  });

  it('written down but not told by a worker that was killed are told by the next, under the same id', async () => {
    const w = world([NEAR_OWN]);
    w.allowed.isTold = false;
    await w.start().pass(20 * SECOND_MS);
    const [written] = await w.stored();
    expect(written.isTold).toBe(false);
    w.allowed.isTold = true;
    await w.start().pass(20 * SECOND_MS);
    expect(w.told.map(({ id }) => id)).toEqual([written.id]);
  });

  it('that could not be told for long are history', async () => {
    const w = world([NEAR_OWN]);
    w.allowed.isTold = false;
    await w.start().pass(20 * SECOND_MS);
    w.fake.state.nowMs += 20 * MINUTE_MS;
    w.allowed.isTold = true;
    await w.start().pass(20 * SECOND_MS);
    expect(w.told).toEqual([]);
    expect(await w.stored()).toHaveLength(1);
  });

  it('wait for the end of the quiet hours', async () => {
    const w = world([NEAR_OWN], { quiet: { fromMinute: 22 * 60, toMinute: 7 * 60 } });
    w.allowed.minute = 6 * 60 + 59;
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    expect(await w.stored()).toEqual([]);
    w.allowed.minute = 7 * 60;
    await s.pass(20 * SECOND_MS);
    expect(w.told).toHaveLength(1);
  });

  it('that cannot be written down are not told', async () => {
    const w = world([NEAR_OWN]);
    const { memory } = w.store;
    const write = (value: unknown) => memory.setValue(value);
    w.store.memory = { ...memory, setValue: () => Promise.reject(new Error('full')) };
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    expect(w.told).toEqual([]);
    w.store.memory = { ...memory, setValue: write };
    await s.pass(20 * SECOND_MS);
    expect(w.told).toHaveLength(1);
  });

  it('begin anew where the rule asks for something else, and stop when it is gone', async () => {
    const w = world([NEAR_OWN]);
    const s = w.start();
    await s.pass(20 * SECOND_MS);
    const wider = { ...NEAR_OWN, condition: { kind: 'own-liquidation', within: 0.6 } } as const;
    s.hub.handlers.onChangeOwn({ type: 'save-rule', rule: wider });
    await s.pass(20 * SECOND_MS);
    expect(w.told).toHaveLength(2);
    s.hub.handlers.onChangeOwn({ type: 'save-rule', rule: { ...wider, isOn: false } });
    s.hub.handlers.onChangeOwn({ type: 'save-rule', rule: wider });
    await s.pass(20 * SECOND_MS);
    expect(w.told).toHaveLength(2);
    s.hub.handlers.onChangeOwn({ type: 'remove-rule', ruleId: wider.id });
    await s.pass(SECOND_MS);
    expect(w.alarms.at(-1)).toBe(false);
    const { requests } = w.fake.state;
    await s.pass(30 * SECOND_MS);
    expect(w.fake.state.requests).toBe(requests);
  });
});

it('a cluster grows against what lay there a window ago, of contracts that had a map then', async () => {
  const log = createMemoryLog(() => {});
  const other = { ...BTCUSDT, id: 'bybit:BTCUSDT', venueId: 'bybit' } as const;
  const late = { ...BTCUSDT, id: 'okx:BTC-USDT-SWAP', venueId: 'okx' } as const;
  const cellWidth = 0.0005;
  const middle = Math.floor(Math.log(60_000) / cellWidth);
  /** 200 of a byte's 254 steps everywhere, 255 of them in one cell. */
  const column = (asOfMs: number, highUsd: number): HistoryColumn => ({
    asOfMs,
    markPrice: 60_000,
    lastPrice: 60_000,
    openInterestUsd: 1e9,
    unlocatedShare: 0,
    cellWidth,
    lowUsd: highUsd / 1e4,
    highUsd,
    long: { firstCell: middle - 60, bytes: Uint8Array.from({ length: 50 }, (_, i) => (i === 20 ? 255 : 60)) },
    short: { firstCell: middle + 10, bytes: new Uint8Array(0) },
  });
  const newestMs = NOW_MS - (NOW_MS % COLUMN_MS);
  const append = (id: ContractId, timeMs: number, usd: number) =>
    log.appendColumns(id, [{ timeMs, column: column(timeMs, usd) }]);
  const read = () => readGrowth(log, BTCUSDT, [BTCUSDT, other, late], 4 * COLUMN_MS, NOW_MS);
  expect(await read()).toBeNull();
  await append(BTCUSDT.id, newestMs, 30e6);
  expect(await read()).toBeNull();
  await append(BTCUSDT.id, newestMs - 4 * COLUMN_MS, 10e6);
  await append(other.id, newestMs, 5e6);
  await append(other.id, newestMs - 4 * COLUMN_MS, 5e6);
  // It came since: what it adds has not grown.
  await append(late.id, newestMs, 90e6);
  const grown = await read();
  const [largest] = grown!;
  expect(largest.positionSide).toBe('long');
  expect(largest.usd / 35e6).toBeCloseTo(1, 1);
  expect(largest.beforeUsd / 15e6).toBeCloseTo(1, 1);
  expect(await readGrowth(log, BTCUSDT, [BTCUSDT], 4 * COLUMN_MS, NOW_MS + DAY_MS)).toBeNull();
});
