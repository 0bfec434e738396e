import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId, type Contract, type VenueId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import { createLiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 0, 30);
const GATE_BTC: Contract = {
  ...BTCUSDT,
  id: contractId('gate', 'BTC_USDT'),
  venueId: 'gate',
  symbol: 'BTC_USDT',
};
const GATE_GOLD: Contract = {
  ...GATE_BTC,
  id: contractId('gate', 'XAU_USD'),
  symbol: 'XAU_USD',
  baseAsset: 'XAU',
  assetClass: 'gold',
  settlement: 'inverse',
};
const ALL = [BTCUSDT, GATE_BTC, GATE_GOLD];

const event = (ageMs: number, change: Partial<Liquidation> = {}): Liquidation => ({
  timeMs: NOW_MS - ageMs,
  positionSide: 'long',
  bankruptcyPrice: 60_000,
  averagePrice: NaN,
  qty: 1,
  ...change,
});

/** A record over a log, with a clock and timers moved by hand. */
function stage(log: MarketLog = createMemoryLog(() => {}), startMs = NOW_MS) {
  const state: { nowMs: number; off: readonly VenueId[] } = { nowMs: startMs, off: [] };
  let timers: { due: () => void; atMs: number }[] = [];
  const record = createLiquidationRecord({
    openLog: Promise.resolve(log),
    now: () => state.nowMs,
    isOff: (venueId) => state.off.includes(venueId),
    environment: {
      now: () => state.nowMs,
      setTimer(due, delayMs) {
        const timer = { due, atMs: state.nowMs + delayMs };
        timers.push(timer);
        return () => {
          timers = timers.filter((each) => each !== timer);
        };
      },
      log: () => {},
    },
    onError: (cause) => {
      throw cause;
    },
  });
  for (const { venueId } of ALL)
    record.list(
      venueId,
      ALL.filter((each) => each.venueId === venueId),
    );
  const advance = async (ms: number) => {
    state.nowMs += ms;
    const due = timers.filter(({ atMs }) => atMs <= state.nowMs);
    timers = timers.filter(({ atMs }) => atMs > state.nowMs);
    for (const each of due) each.due();
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve();
  };
  return { log, record, state, advance };
}

describe('the record of liquidations', () => {
  it('adds venues up by asset and class, each in its own unit, to the cent', () => {
    const { record } = stage();
    record.add('binance', 'BTCUSDT', event(SECOND_MS, { qty: 2, bankruptcyPrice: 60_000.255 }));
    record.add('gate', 'BTC_USDT', event(SECOND_MS, { positionSide: 'short', qty: 0.5 }));
    record.add('gate', 'XAU_USD', event(2 * HOUR_MS, { qty: 750.25, bankruptcyPrice: 2_400 }));
    const board = record.board(0);
    expect(board.total[0]).toMatchObject({ longUsd: 120_000.51, shortUsd: 30_000, longCount: 1, shortCount: 1 });
    expect(board.total[2]).toMatchObject({ longUsd: 120_750.76, shortUsd: 30_000, longCount: 2 });
    expect(board.venues.map(({ venueId, feed, sums }) => [venueId, feed, sums[2].longUsd])).toEqual([
      ['binance', 'sampled', 120_000.51],
      ['gate', 'complete', 750.25],
    ]);
    expect(board.assets.map(({ baseAsset, sums }) => [baseAsset, sums[5].longUsd + sums[5].shortUsd])).toEqual([
      ['BTC', 150_000.51],
      ['XAU', 750.25],
    ]);
    expect(board.classes.map(({ assetClass }) => assetClass)).toEqual(['major', 'gold']);
    expect(board.largest.map((each) => each?.contractId)).toEqual(Array(6).fill(BTCUSDT.id));
  });

  it('counts what comes twice once', async () => {
    const { record, log, advance } = stage();
    for (let i = 0; i < 3; i += 1) record.add('binance', 'BTCUSDT', event(SECOND_MS));
    record.fillEvents(BTCUSDT, [event(SECOND_MS), event(2 * SECOND_MS)], { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS });
    expect(record.board(0).total[0].longCount).toBe(2);
    await advance(SECOND_MS);
    expect(await log.readLiquidations(BTCUSDT.id, 0)).toHaveLength(2);
    expect(await log.readRecordedSpans(BTCUSDT)).toEqual([{ fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS }]);
  });

  it('lists the newest of the size asked for, also where small ones pour in', () => {
    const { record } = stage();
    record.add('binance', 'BTCUSDT', event(HOUR_MS, { qty: 40 }));
    for (let i = 0; i < 2_000; i += 1) record.add('gate', 'BTC_USDT', event(i * 100, { qty: 0.01 }));
    const all = record.board(0).newest;
    expect(all).toHaveLength(100);
    expect(all[0].timeMs).toBe(NOW_MS);
    expect(all.every(({ timeMs }, i) => i === 0 || timeMs <= all[i - 1].timeMs)).toBe(true);
    expect(record.board(1e6).newest.map(({ usd, venueId }) => [usd, venueId])).toEqual([[2_400_000, 'binance']]);
  });

  it('knows after a restart what it knew before, and not twice', async () => {
    const first = stage();
    for (let i = 0; i < 500; i += 1) {
      first.record.add('gate', 'BTC_USDT', event(i * 2 * MINUTE_MS, { qty: 1 + i / 1_000 }));
    }
    void first.record.extendSpan('gate', { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS });
    const before = first.record.board(0);
    await first.advance(SECOND_MS);

    const second = stage(first.log, NOW_MS + 2 * SECOND_MS);
    expect(second.record.board(0).isWhole).toBe(false);
    await second.advance(SECOND_MS);
    second.state.off = ['gate', 'binance'];
    expect(second.record.board(0).isWhole).toBe(true);
    second.state.off = [];
    await Promise.all([second.record.restore('gate'), second.record.restore('gate'), second.record.restore('binance')]);
    const after = second.record.board(0);
    expect(after.isWhole).toBe(true);
    expect(after.total).toEqual(before.total);
    expect(after.newest).toEqual(before.newest);
    expect(after.venues.find(({ venueId }) => venueId === 'gate')?.recordedShares[1]).toBeCloseTo(1, 2);
    // The venue says again what it said before the restart.
    second.record.add('gate', 'BTC_USDT', event(0, { qty: 1 }));
    expect(second.record.board(0).total[0].longCount).toBe(before.total[0].longCount);
  });

  it('counts an hour once that two pieces of the past touch', async () => {
    const first = stage();
    for (let i = 0; i < 20_000; i += 1) first.record.add('gate', 'BTC_USDT', event(i, { qty: 1 + i }));
    await first.advance(SECOND_MS);
    const second = stage(first.log, NOW_MS + 6 * HOUR_MS + 10 * MINUTE_MS);
    await second.record.restore('gate');
    expect(second.record.board(0).total[5].longCount).toBe(20_000);
  });

  it('counts once what comes in before a long past is read back', async () => {
    const first = stage();
    for (let i = 0; i < 60_000; i += 1) first.record.add('gate', 'BTC_USDT', event(i, { qty: 1 + i }));
    await first.advance(SECOND_MS);
    const second = stage(first.log, NOW_MS + MINUTE_MS);
    for (let i = 1; i <= 500; i += 1) second.record.add('gate', 'BTC_USDT', event(-i, { qty: i }));
    await second.advance(SECOND_MS);
    await second.record.restore('gate');
    expect(second.record.board(0).total[5].longCount).toBe(60_500);
  });

  it('reads a past on that the store refused, and calls none of it known before', async () => {
    const first = stage();
    for (let i = 0; i < 500; i += 1) first.record.add('gate', 'BTC_USDT', event(i * 20 * MINUTE_MS, { qty: 1 + i }));
    void first.record.extendSpan('gate', { fromMs: NOW_MS - 24 * HOUR_MS, toMs: NOW_MS });
    await first.advance(SECOND_MS);
    let reads = 0;
    const log: MarketLog = {
      ...first.log,
      readTape: (...range) => ((reads += 1) === 20 ? Promise.reject(new Error('busy')) : first.log.readTape(...range)),
    };
    const second = stage(log, NOW_MS + SECOND_MS);
    await expect(second.record.restore('gate')).rejects.toThrow('busy');
    expect(second.record.windows(GATE_BTC.id)[2].recordedShare).toBe(0);
    await second.record.restore('gate');
    expect(second.record.windows(GATE_BTC.id)[2].recordedShare).toBeCloseTo(1, 3);
    expect(second.record.board(0).total).toEqual(first.record.board(0).total);
  });

  it('knows after a restart also what came in while the machine’s clock was hours ahead', async () => {
    const before = stage(undefined, NOW_MS + 3 * HOUR_MS);
    before.record.add('binance', 'BTCUSDT', event(SECOND_MS));
    await before.advance(SECOND_MS);
    const after = stage(before.log);
    await after.record.restore('binance');
    expect(after.record.board(0).total[0].longCount).toBe(1);
  });

  it('hands the hours that are over to their contracts', async () => {
    const { record, log, advance } = stage();
    record.add('gate', 'BTC_USDT', event(0));
    await advance(SECOND_MS);
    await record.restore('gate');
    await advance(HOUR_MS);
    await record.settle();
    const tape: string[] = [];
    await log.readTape('gate', NOW_MS - HOUR_MS, Infinity, (symbol) => tape.push(symbol));
    expect(tape).toEqual(['BTC_USDT']);
    expect(await log.readLiquidations(GATE_BTC.id, 0)).toEqual([event(0)]);
  });

  it('gives a contract its windows with the share of each that was recorded, none before the past is read', async () => {
    const { record } = stage();
    record.add('binance', 'BTCUSDT', event(MINUTE_MS));
    void record.extendSpan('binance', { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS });
    expect(record.windows(BTCUSDT.id).map(({ recordedShare }) => recordedShare)).toEqual([0, 0, 0]);
    await record.restore('binance');
    expect(record.windows(BTCUSDT.id)).toEqual([
      { windowMs: HOUR_MS, longUsd: 60_000, shortUsd: 0, correctedUsd: 60_000, recordedShare: 1 },
      { windowMs: 4 * HOUR_MS, longUsd: 60_000, shortUsd: 0, correctedUsd: 60_000, recordedShare: 0.25 },
      { windowMs: 24 * HOUR_MS, longUsd: 60_000, shortUsd: 0, correctedUsd: 60_000, recordedShare: 1 / 24 },
    ]);
    expect(record.windows(contractId('gate', 'NOSUCH'))[0]).toMatchObject({ longUsd: 0, recordedShare: 0 });
  });

  it('counts what it cannot store, says so and calls that stretch not recorded', async () => {
    const memory = createMemoryLog(() => {});
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { record, advance } = stage({ ...memory, appendTape: () => held });
    for (let i = 0; i < 262_150; i += 1) record.add('gate', 'BTC_USDT', event(i % MINUTE_MS, { qty: 1 + i }));
    const board = record.board(0);
    expect(board.lostCount).toBe(6);
    expect(board.total[0].longCount).toBe(262_150);
    // A contract's own stretch is told first: neither is whole.
    void record.extendSpan(GATE_BTC.id, { fromMs: NOW_MS - SECOND_MS, toMs: NOW_MS });
    void record.extendSpan('gate', { fromMs: NOW_MS - SECOND_MS, toMs: NOW_MS });
    await advance(0);
    expect(await memory.readFeedSpans('gate')).toEqual([]);
    expect(await memory.readRecordedSpans(GATE_BTC)).toEqual([]);
    void record.extendSpan('gate', { fromMs: NOW_MS, toMs: NOW_MS + SECOND_MS });
    await advance(0);
    // Not before what was received in it is stored.
    expect(await memory.readFeedSpans('gate')).toEqual([]);
    release();
    await advance(SECOND_MS);
    expect(await memory.readFeedSpans('gate')).toHaveLength(1);
  });

  it('calls no stretch recorded that lacks an event of a venue that tells late', async () => {
    const log = createMemoryLog(() => {});
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { record, advance } = stage({ ...log, appendTape: () => held });
    for (let i = 0; i < 262_145; i += 1) record.add('gate', 'BTC_USDT', event(20 * SECOND_MS, { qty: 1 + i }));
    expect(record.board(0).lostCount).toBe(1);
    release();
    const spanOf = (fromAgeMs: number, toAgeMs: number) => ({ fromMs: NOW_MS - fromAgeMs, toMs: NOW_MS - toAgeMs });
    // What was told when it was lost is of longer ago than the event itself.
    for (let age = 30 * SECOND_MS; age > 0; age -= 5 * SECOND_MS)
      void record.extendSpan('gate', spanOf(age, age - 5 * SECOND_MS));
    await advance(SECOND_MS);
    expect(await log.readFeedSpans('gate')).toEqual([spanOf(15 * SECOND_MS, 0)]);
    // All of it is told again by whoever is asked afterwards.
    record.fillEvents(GATE_BTC, [event(20 * SECOND_MS, { qty: 262_145 })], spanOf(30 * SECOND_MS, 15 * SECOND_MS));
    await advance(SECOND_MS);
    expect(await log.readRecordedSpans(GATE_BTC)).toEqual([spanOf(30 * SECOND_MS, 0)]);
  });
});

it('tells a liquidation at the price of one asset, whatever its contract counts in', () => {
  const { record } = stage();
  const pepe: Contract = {
    ...BTCUSDT,
    id: contractId('binance', '1000PEPEUSDT'),
    symbol: '1000PEPEUSDT',
    baseAsset: 'PEPE',
    multiplier: 1_000,
  };
  record.list('binance', [BTCUSDT, pepe]);
  record.add('binance', pepe.symbol, event(SECOND_MS, { bankruptcyPrice: 0.0075, qty: 4e6 }));
  const { newest, largest } = record.board(0);
  expect(newest[0]).toMatchObject({ baseAsset: 'PEPE', usd: 30_000 });
  for (const told of [newest[0], largest[0]]) expect(told?.bankruptcyPrice).toBeCloseTo(7.5e-6, 12);
});
