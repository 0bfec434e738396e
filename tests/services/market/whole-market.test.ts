import { describe, expect, it } from 'vitest';

import { ok } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { BoardRequest, FeedWatch, WatchUpdate } from '@/lib/messaging/feed-server';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const BYBIT = { ...BTCUSDT, id: contractId('bybit', 'BTCUSDT'), venueId: 'bybit' } as const;
const ticker = (openInterest: number, lastPrice = 60_000) => ({
  symbol: 'BTCUSDT',
  lastPrice,
  markPrice: lastPrice,
  openInterest,
  change24h: 0.02,
  volume24hUsd: 1e9,
  fundingRate: NaN,
  fundingIntervalMs: 8 * HOUR_MS,
});
const event = (timeMs: number, qty: number): Liquidation => ({
  timeMs,
  positionSide: 'long',
  bankruptcyPrice: 60_000,
  averagePrice: NaN,
  qty,
});

function stage() {
  const binance = createFakeVenue(NOW_MS);
  const bybit = createFakeVenue(NOW_MS, { contract: BYBIT });
  const log = createMemoryLog(() => {});
  const hubStage = createHubStage([binance, bybit], log);
  return {
    ...hubStage,
    log,
    binance,
    bybit,
    watchBoard(request: BoardRequest) {
      const updates: WatchUpdate[] = [];
      const watch: FeedWatch<BoardRequest> = { request, tabId: 1, push: (update) => updates.push(update) };
      hubStage.hub.handlers.onWatchBoard(watch);
      const of = <T extends WatchUpdate['type']>(type: T) =>
        updates.filter((update): update is Extract<WatchUpdate, { type: T }> => update.type === type);
      return { watch, of };
    },
  };
}

describe('the market as a whole', () => {
  it('is followed at every venue while a page looks at it, and summed up', async () => {
    const s = stage();
    const page = s.watchBoard({ type: 'watch-liquidations', key: 'a', minUsd: 0 });
    await s.pass(5 * SECOND_MS);
    expect(s.binance.state.followedLiquidations).toEqual(['BTCUSDT']);
    expect(s.bybit.state.followedLiquidations).toEqual(['BTCUSDT']);
    expect(s.binance.state.followed).toEqual([]);
    s.binance.liquidate(event(s.binance.state.nowMs, 1));
    s.bybit.liquidate(event(s.bybit.state.nowMs, 2));
    await s.advance(SECOND_MS);
    const { board } = page.of('liquidations').at(-1)!;
    expect(board.total[0]).toMatchObject({ longUsd: 180_000, longCount: 2 });
    expect(board.assets.map(({ marketId, sums }) => [marketId, sums[0].longUsd])).toEqual([['BTC', 180_000]]);
    expect(board.newest.map(({ venueId }) => venueId).toSorted()).toEqual(['binance', 'bybit']);
  });

  it('is not called recorded where the venue refuses a contract, until it is asked anew', async () => {
    const s = stage();
    for (const { state } of [s.binance, s.bybit]) state.isRecording = true;
    s.watch('BINANCE');
    await s.pass(20 * SECOND_MS);
    s.bybit.refuseLiquidations('GONEUSDT');
    await s.pass(20 * SECOND_MS);
    const [span] = await s.log.readFeedSpans('bybit');
    const refusedMs = s.bybit.state.nowMs - 20 * SECOND_MS;
    expect(span.toMs).toBeLessThanOrEqual(refusedMs);
    expect((await s.log.readFeedSpans('binance'))[0].toMs).toBeGreaterThan(refusedMs);
    // The contract that is watched is pushed all the same.
    expect((await s.log.readRecordedSpans(BYBIT)).at(-1)!.toMs).toBeGreaterThan(refusedMs);
    s.bybit.refuseLiquidations('BTCUSDT');
    const beforeMs = s.bybit.state.nowMs;
    await s.pass(20 * SECOND_MS);
    expect((await s.log.readRecordedSpans(BYBIT)).at(-1)!.toMs).toBeLessThanOrEqual(beforeMs);
    s.bybit.reconnect();
    await s.pass(20 * SECOND_MS);
    expect((await s.log.readFeedSpans('bybit')).at(-1)!.toMs).toBeGreaterThan(beforeMs);
  });

  it('is not called recorded of a contract before its venue was asked for it', async () => {
    const s = stage();
    s.bybit.state.isRecording = true;
    const listed = [BYBIT];
    s.bybit.venue.fetchContracts = () => Promise.resolve(ok([...listed]));
    s.watch('BYBIT');
    await s.pass(20 * SECOND_MS);
    listed.push({ ...BYBIT, id: contractId('bybit', 'NEWUSDT'), symbol: 'NEWUSDT' });
    await s.advance(25 * HOUR_MS);
    const foundMs = s.bybit.state.nowMs;
    await s.pass(4 * MINUTE_MS, 4 * SECOND_MS);
    expect(s.bybit.state.followedLiquidations).toEqual(['BTCUSDT', 'NEWUSDT']);
    const { contracts } = (await s.log.readContracts('bybit'))!;
    const [known, found] = await Promise.all(contracts.map((each) => s.log.readRecordedSpans(each)));
    expect(known).toEqual(await s.log.readFeedSpans('bybit'));
    expect(known).toHaveLength(2);
    expect(found).toHaveLength(1);
    expect(found[0].fromMs).toBeGreaterThan(foundMs);
    expect(found[0].toMs).toBe(known[1].toMs);
  });

  it('is told of twice a second at most, however much happens', async () => {
    const s = stage();
    const page = s.watchBoard({ type: 'watch-liquidations', key: 'a', minUsd: 0 });
    await s.pass(5 * SECOND_MS);
    const before = page.of('liquidations').length;
    for (let tick = 0; tick < 200; tick += 1) {
      s.binance.liquidate(event(s.binance.state.nowMs, 1 + tick));
      await s.advance(SECOND_MS / 100);
    }
    const pushed = page.of('liquidations').length - before;
    expect(pushed).toBeGreaterThanOrEqual(3);
    expect(pushed).toBeLessThanOrEqual(4);
    expect(page.of('liquidations').at(-1)!.board.total[0].longCount).toBeGreaterThan(100);
  });

  it('is asked nothing and followed nowhere once nobody looks', async () => {
    const s = stage();
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: null });
    await s.pass(5 * SECOND_MS);
    s.hub.handlers.onUnwatchBoard(page.watch);
    await s.pass(6 * SECOND_MS);
    const requests = s.binance.state.requests;
    await s.pass(60 * SECOND_MS);
    expect(s.binance.state.requests).toBe(requests);
    expect(s.binance.state.followedLiquidations).toEqual([]);
  });

  it('reports each underlying over all venues, with a map only where one is watched', async () => {
    const s = stage();
    s.binance.state.tickers = [ticker(1_000)];
    s.bybit.state.tickers = [{ ...ticker(3_000, 60_010), change24h: -0.01 }];
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: ['BTC'] });
    await s.pass(5 * SECOND_MS);
    const first = page.of('report').at(-1)!.report;
    expect(first.rows).toHaveLength(1);
    expect(first.rows[0]).toMatchObject({
      marketId: 'BTC',
      contractId: BYBIT.id,
      price: 60_010,
      change24h: -0.01,
      changes24h: { [BTCUSDT.id]: 0.02, [BYBIT.id]: -0.01 },
      fundingRate: null,
      fundingIntervalMs: 8 * HOUR_MS,
      openInterestUsd: 1_000 * 60_000 + 3_000 * 60_010,
      openInterestChange24h: null,
      missingVenueIds: [],
      map: null,
    });
    const chart = s.watch('binance');
    await s.pass(40 * SECOND_MS);
    const [row] = page.of('report').at(-1)!.report.rows;
    // What its map shows, which reads it from the store.
    const { openInterestChange24h } = chart.of('summary').at(-1)!.summary;
    expect(row.openInterestChange24h).toBeCloseTo(openInterestChange24h ?? NaN, 9);
    expect(row.map?.atRisk.map(({ distance }) => distance)).toEqual([0.01, 0.02, 0.05, 0.1]);
  });

  it('is followed no more at a venue from when it is switched off, and again from when it is back', async () => {
    const s = stage();
    s.watchBoard({ type: 'watch-liquidations', key: 'a', minUsd: 0 });
    await s.pass(5 * SECOND_MS);
    expect(s.bybit.state.followedLiquidations).toEqual(['BTCUSDT']);
    await s.switchVenues(['bybit']);
    await s.settle();
    expect(s.bybit.state.followedLiquidations).toEqual([]);
    expect(s.binance.state.followedLiquidations).toEqual(['BTCUSDT']);
    await s.switchVenues([]);
    await s.settle();
    expect(s.bybit.state.followedLiquidations).toEqual(['BTCUSDT']);
  });

  it('asks a venue that was switched off for nothing more', async () => {
    const s = stage();
    let asked = 0;
    s.binance.state.tickers = [ticker(NaN)];
    Object.assign(s.binance.venue, { fetchOpenInterestNow: () => Promise.resolve(ok((asked += 1))) });
    s.watchBoard({ type: 'watch-report', key: 'a', marketIds: ['BTC'] });
    await s.pass(5 * SECOND_MS);
    expect(asked).toBe(1);
    // Its figure grows old between two looks at the tickers.
    await s.pass(4 * MINUTE_MS + 56 * SECOND_MS);
    await s.switchVenues(['binance']);
    await s.pass(25 * SECOND_MS);
    expect(asked).toBe(1);
  });

  it('takes a price that rose for no change of open interest, be it listed or asked for one by one', async () => {
    const s = stage();
    Object.assign(s.binance.venue, { fetchOpenInterestNow: () => Promise.resolve(ok(5_000)) });
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: ['BTC'] });
    for (const price of [60_000, 66_000]) {
      s.binance.state.tickers = [ticker(NaN, price)];
      s.bybit.state.tickers = [ticker(3_000, price)];
      await s.pass(6 * MINUTE_MS);
      if (price === 60_000) await s.advance(23 * HOUR_MS);
    }
    const [row] = page.of('report').at(-1)!.report.rows;
    expect(row.missingVenueIds).toEqual([]);
    expect(row.openInterestUsd).toBe(8_000 * 66_000);
    expect(row.openInterestChange24h).toBe(0);
  });

  it('has the maps of whatever is followed quietly, which is told nothing else and is no contract last shown', async () => {
    const s = stage();
    s.binance.state.tickers = [ticker(1_000)];
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: ['BTC'] });
    const quiet = s.watch('binance', 'BTCUSDT', 'quiet');
    await s.pass(40 * SECOND_MS);
    expect(page.of('report').at(-1)!.report.rows[0].map).not.toBeNull();
    expect(quiet.of('profile')).toEqual([]);
    expect(quiet.of('summary')).toEqual([]);
    expect(s.lastContract()).toBeNull();
  });

  it('asks one by one, slowly, for open interest that is not listed, and says whose is missing', async () => {
    const s = stage();
    const askedMs: number[] = [];
    let amount = 0;
    s.binance.state.tickers = [ticker(NaN)];
    s.bybit.state.tickers = [ticker(3_000)];
    Object.assign(s.binance.venue, {
      fetchOpenInterestNow: () => {
        askedMs.push(s.binance.state.nowMs);
        return Promise.resolve(ok(amount));
      },
    });
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: ['BTC'] });
    await s.pass(5 * SECOND_MS);
    expect(page.of('report').at(-1)!.report.rows[0]).toMatchObject({
      contractId: BYBIT.id,
      missingVenueIds: ['binance'],
      openInterestUsd: 3_000 * 60_000,
    });
    amount = 5_000;
    await s.pass(6 * MINUTE_MS);
    expect(page.of('report').at(-1)!.report.rows[0]).toMatchObject({
      missingVenueIds: [],
      openInterestUsd: 8_000 * 60_000,
    });
    expect(askedMs).toHaveLength(2);
    expect(askedMs[1] - askedMs[0]).toBeGreaterThanOrEqual(5 * MINUTE_MS);
  });

  it('says which venue does not answer and goes on with the others', async () => {
    const s = stage();
    s.bybit.state.tickers = [ticker(10)];
    s.binance.state.fail = { kind: 'blocked', message: 'Blocked where you are.', detail: '451', retryAtMs: null };
    const page = s.watchBoard({ type: 'watch-report', key: 'a', marketIds: null });
    await s.pass(5 * SECOND_MS);
    const { report } = page.of('report').at(-1)!;
    expect(report.rows.map((row) => row.contractId)).toEqual([BYBIT.id]);
    expect(report.venues).toMatchObject([
      { venueId: 'binance', ageMs: null, problem: 'Blocked where you are.' },
      { venueId: 'bybit', problem: null },
    ]);
  });
});
