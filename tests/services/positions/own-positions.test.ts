import { expect, it, vi } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId } from '@/lib/market/contract';
import type { OwnPosition } from '@/lib/market/own-position';
import { usdBetween } from '@/lib/market/profile';
import type { FeedWatch, PositionsRequest, WatchUpdate } from '@/lib/messaging/feed-server';
import { ownLiquidationPrice } from '@/lib/model/own-liquidation';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const BYBIT = { ...BTCUSDT, id: contractId('bybit', 'BTCUSDT'), venueId: 'bybit' } as const;
const LONG: OwnPosition = {
  id: 'long',
  contractId: BTCUSDT.id,
  positionSide: 'long',
  entryPrice: 60_000,
  size: 30_000,
  sizeUnit: 'usd',
  margin: { kind: 'leverage', leverage: 8 },
};
/** At the other venue, whose prices are 0.1 % higher. */
const SHORT: OwnPosition = { ...LONG, id: 'short', contractId: BYBIT.id, positionSide: 'short' };

function stage(positions: readonly OwnPosition[]) {
  const venues = {
    binance: createFakeVenue(NOW_MS),
    bybit: createFakeVenue(NOW_MS, { contract: BYBIT, priceFactor: 1.001, openInterestFactor: 0.5 }),
  };
  const s = createHubStage(
    Object.values(venues),
    createMemoryLog(() => {}),
    positions,
  );
  return {
    ...s,
    venues,
    watchPositions() {
      const updates: WatchUpdate[] = [];
      const request: PositionsRequest = { type: 'watch-positions', key: 'positions' };
      const watch: FeedWatch<PositionsRequest> = { request, tabId: null, push: (update) => updates.push(update) };
      s.hub.handlers.onWatchOwn(watch);
      const rows = () => updates.findLast((update) => update.type === 'positions')?.rows;
      return { watch, rows };
    },
  };
}

const exact = async (position: OwnPosition, venue: ReturnType<typeof createFakeVenue>) => {
  const { tiers } = await venue.venue.fetchRiskTiers('BTCUSDT', new AbortController().signal);
  return ownLiquidationPrice(position, { ...BTCUSDT, venueId: venue.venue.id }, tiers);
};

it('sums up with each position its price by the venue’s rule, its distance, and what lies between', async () => {
  const s = stage([LONG, SHORT]);
  const chart = s.watch('binance');
  await s.pass(5 * SECOND_MS);
  const { summary } = chart.of('summary').at(-1)!;
  const profile = chart.of('profile').findLast(({ profile }) => profile.asOfMs === summary.asOfMs)!.profile;
  const [long, short] = summary.ownLevels;

  expect(long.liquidationPrice).toBe(await exact(LONG, s.venues.binance));
  expect(long.distance).toBe(long.liquidationPrice / summary.markPrice - 1);
  expect(long.price).toBeCloseTo(long.liquidationPrice, 6);
  expect(long.betweenUsd).toBeCloseTo(usdBetween(profile, long.price, summary.markPrice).long, 2);
  expect(long.betweenUsd).toBeGreaterThan(0);
  expect(long.betweenRange.lowUsd).toBeLessThan(long.betweenUsd);
  expect(long.betweenRange.highUsd).toBeGreaterThan(long.betweenUsd);

  expect(short.liquidationPrice).toBe(await exact(SHORT, s.venues.bybit));
  // As far from the mark shown as from the mark of its own venue.
  expect(short.distance).toBeCloseTo(short.liquidationPrice / (summary.markPrice * 1.001) - 1, 6);
  expect(short.price).toBeCloseTo(summary.markPrice * (1 + short.distance), 6);
});

it('tells a band side and price alone, and once that there are none any more', async () => {
  const s = stage([LONG]);
  const chart = s.watch('binance', 'BTCUSDT', 'band');
  await s.pass(5 * SECOND_MS);
  const { levels } = chart.of('own-levels').at(-1)!;
  expect(levels).toEqual([{ positionSide: 'long', price: expect.closeTo((await exact(LONG, s.venues.binance))!, 3) }]);
  s.hub.handlers.onChangeOwn({ type: 'remove-position', positionId: LONG.id });
  await s.pass(3 * SECOND_MS);
  expect(chart.of('own-levels').at(-1)!.levels).toEqual([]);
  const count = chart.of('own-levels').length;
  await s.pass(5 * SECOND_MS);
  expect(chart.of('own-levels').length).toBe(count);
});

it('says nothing of own levels where there are none', async () => {
  const s = stage([]);
  const chart = s.watch('binance', 'BTCUSDT', 'band');
  await s.pass(4 * SECOND_MS);
  expect(chart.of('own-levels')).toEqual([]);
});

it('lists positions with no chart open, asking for their mark alone', async () => {
  const s = stage([LONG]);
  await s.pass(2 * SECOND_MS);
  expect(s.venues.binance.state.requests).toBe(0);
  const { watch, rows } = s.watchPositions();
  await s.pass(4 * SECOND_MS);
  const [row] = rows()!;
  expect(row).toMatchObject({ position: LONG, contract: { id: BTCUSDT.id }, tiersSource: 'venue', between: null });
  expect(row.liquidationPrice).toBe(await exact(LONG, s.venues.binance));
  expect(row.markPrice! / s.venues.binance.priceAt(NOW_MS)).toBeCloseTo(1, 3);
  expect(s.venues.binance.state.followed).toEqual([]);
  // The list, and a mark in 15 seconds.
  expect(s.venues.binance.state.requests).toBe(2);
  s.hub.handlers.onUnwatchOwn(watch);
  await s.pass(30 * SECOND_MS);
  expect(s.venues.binance.state.requests).toBe(2);
});

it('adds, changes and removes, each told at once', async () => {
  const s = stage([]);
  const { rows } = s.watchPositions();
  await s.settle();
  for (const position of [LONG, SHORT, { ...LONG, size: 1 }])
    s.hub.handlers.onChangeOwn({ type: 'save-position', position });
  await s.settle();
  expect(rows()?.map(({ position }) => position)).toEqual([{ ...LONG, size: 1 }, SHORT]);
  s.hub.handlers.onChangeOwn({ type: 'remove-position', positionId: SHORT.id });
  await s.settle();
  expect(rows()?.map(({ position }) => position)).toEqual([{ ...LONG, size: 1 }]);
});

it('asks nothing of a venue that is switched off, and goes by what it told before', async () => {
  const s = stage([LONG]);
  const { rows } = s.watchPositions();
  await s.pass(4 * SECOND_MS);
  const { venue, state } = s.venues.binance;
  const before = rows()![0].liquidationPrice;
  const askTiers = vi.spyOn(venue, 'fetchRiskTiers');
  await s.switchVenues(['binance']);
  const { requests } = state;
  await s.advance(30 * MINUTE_MS);
  await s.pass(MINUTE_MS);
  expect(state.requests).toBe(requests);
  expect(askTiers).not.toHaveBeenCalled();
  expect(rows()![0]).toMatchObject({ liquidationPrice: before, markPrice: null });
});

it('keeps a position of a venue that does not answer, without figures, and finds them later', async () => {
  const s = stage([LONG]);
  s.venues.binance.state.fail = { kind: 'network', message: 'Down.', detail: 'refused', retryAtMs: null };
  const { rows } = s.watchPositions();
  await s.pass(3 * SECOND_MS);
  expect(rows()).toEqual([
    { position: LONG, contract: null, liquidationPrice: null, tiersSource: null, markPrice: null, between: null },
  ]);
  s.venues.binance.state.fail = null;
  await s.pass(20 * SECOND_MS);
  expect(rows()![0].liquidationPrice).toBeGreaterThan(0);
});
