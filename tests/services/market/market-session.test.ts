import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId } from '@/lib/market/contract';
import { totalUsd } from '@/lib/market/profile-sum';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { VenueError } from '@/lib/venues/venue';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const BYBIT = { ...BTCUSDT, id: contractId('bybit', 'BTCUSDT'), venueId: 'bybit' } as const;
/** Counts in other multiples: its prices are a thousand times those of the others. */
const GATE = {
  ...BTCUSDT,
  id: contractId('gate', '1000BTC_USDT'),
  venueId: 'gate',
  symbol: '1000BTC_USDT',
  multiplier: 1000,
} as const;
const REFUSED: VenueError = { kind: 'blocked', message: 'Blocked where you are.', detail: '451', retryAtMs: null };

/** Three venues of one underlying. */
function stage(log = createMemoryLog(() => {}), startMs = NOW_MS) {
  const venues = {
    binance: createFakeVenue(startMs),
    bybit: createFakeVenue(startMs, { contract: BYBIT, priceFactor: 1.0004, openInterestFactor: 0.5 }),
    gate: createFakeVenue(startMs, { contract: GATE, priceFactor: 1000, openInterestFactor: 0.0001 }),
  };
  return { venues, ...createHubStage(Object.values(venues), log) };
}

const allLive = { binance: 'live', bybit: 'live', gate: 'live' };

describe('a market of several venues', () => {
  it('lets the contract of the chart start alone, then sums up all of them', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.settle();
    expect(s.venues.bybit.state.requests).toBe(0);
    await s.pass(3 * SECOND_MS);
    expect(chart.states()).toEqual(allLive);
    expect(chart.coverage()).toEqual({ countedVenues: 3, venues: 3, openInterestShare: 1 });
  });

  it('starts the others after a second where the first venue is slow', async () => {
    const s = stage();
    s.venues.binance.state.seedGate = new Promise(() => {});
    const chart = s.watch('binance');
    await s.settle();
    expect(s.venues.bybit.state.followed).toEqual([]);
    await s.pass(2 * SECOND_MS);
    expect(s.venues.bybit.state.followed).toEqual(['BTCUSDT']);
    expect(chart.of('profile')).toEqual([]);
  });

  it('is the sum over its venues to the cent, in the prices of the chart', async () => {
    const s = stage();
    const chart = s.watch('bybit');
    // Long enough for every fold: figures may be ahead of the map by one push.
    await s.pass(5 * SECOND_MS);
    const { summary } = chart.of('summary').at(-1)!;
    const profile = chart.of('profile').findLast(({ profile }) => profile.asOfMs === summary.asOfMs)?.profile;
    const sumOf = (side: 'longUsd' | 'shortUsd') => summary.members.reduce((sum, member) => sum + member[side], 0);
    expect(Math.abs(totalUsd(profile!.long) - sumOf('longUsd'))).toBeLessThan(0.005);
    expect(Math.abs(totalUsd(profile!.short) - sumOf('shortUsd'))).toBeLessThan(0.005);
    expect(summary.members.every(({ longUsd, shortUsd }) => longUsd > 0 && shortUsd > 0)).toBe(true);
    expect(summary.openInterestUsd).toBeCloseTo(
      summary.members.reduce((sum, { openInterestUsd }) => sum + openInterestUsd!, 0),
      2,
    );
    expect(summary.contractId).toBe(BYBIT.id);
    expect(profile!.markPrice / s.venues.bybit.priceAt(summary.asOfMs)).toBeCloseTo(1, 5);
  });

  it.each([
    ['groups', false],
    ['summary-groups', true],
  ] as const)('tells groups of leverage that add up to the map, to whom wants %s alone', async (detail, hasFigures) => {
    const s = stage();
    const plain = s.watch('bybit');
    const grouped = s.watch('binance', 'BTCUSDT', detail);
    await s.pass(4 * SECOND_MS);
    expect(plain.profile()?.groups).toBeUndefined();
    const { long, short, groups = [] } = grouped.profile()!;
    expect(groups).toHaveLength(4);
    for (let i = 0; i < long.length; i++) {
      const usd = long[i] + short[i];
      expect(Math.abs(groups.reduce((sum, group) => sum + group[i], 0) - usd)).toBeLessThanOrEqual(1e-5 * usd);
    }
    expect(grouped.of('summary').length > 0).toBe(hasFigures);
    s.hub.handlers.onUnwatch(grouped.watch);
    await s.pass(2 * SECOND_MS);
    expect(plain.profile()?.groups).toBeUndefined();
  });

  it('tells what was liquidated on all its venues, and of what share of open interest that was recorded', async () => {
    const s = stage();
    s.venues.binance.state.isRecording = true;
    s.venues.bybit.state.isRecording = true;
    const chart = s.watch('binance');
    await s.pass(11 * SECOND_MS);
    const event = { timeMs: s.venues.binance.state.nowMs, positionSide: 'long', averagePrice: NaN, qty: 1 } as const;
    s.venues.binance.liquidate({ ...event, bankruptcyPrice: 60_000 });
    s.venues.bybit.liquidate({ ...event, bankruptcyPrice: 50_000 });
    await s.pass(20 * SECOND_MS);
    const { liquidated, members } = chart.of('summary').at(-1)!.summary;
    expect(liquidated[0]).toMatchObject({ longUsd: 110_000, shortUsd: 0 });
    const usdOf = (...venueIds: string[]) =>
      members.reduce((sum, each) => sum + (venueIds.includes(each.venueId) ? each.countedOpenInterestUsd : 0), 0);
    const recorded = (20 * SECOND_MS) / HOUR_MS;
    const share = usdOf('binance', 'bybit') / usdOf('binance', 'bybit', 'gate');
    expect(liquidated[0].recordedShare).toBeGreaterThan(0.6 * recorded * share);
    expect(liquidated[0].recordedShare).toBeLessThan(1.4 * recorded * share);
  });

  it('shows one market to charts of different venues, each in its own prices', async () => {
    const s = stage();
    const one = s.watch('binance');
    const other = s.watch('gate', '1000BTCUSDT');
    await s.pass(4 * SECOND_MS);
    const [a, b] = [one.profile()!, other.profile()!];
    expect(b.markPrice / a.markPrice).toBeCloseTo(1000, 6);
    expect(totalUsd(b.long)).toBeCloseTo(totalUsd(a.long), 2);
    expect(s.venues.gate.state.followed).toEqual(['1000BTC_USDT']);
  });

  it('makes no more than ten maps a second for all of them', async () => {
    const s = stage();
    const chart = s.watch('binance', 'BTCUSDT', 'band');
    await s.pass(3 * SECOND_MS);
    const before = chart.of('profile').length;
    for (let tick = 0; tick < 40; tick += 1) await s.advance(25);
    expect(chart.of('profile').length - before).toBeLessThanOrEqual(11);
    expect(chart.of('summary')).toEqual([]);
  });

  it('tells whoever opens a page its figures at once, however lately others were told', async () => {
    const s = stage();
    s.watch('binance', 'BTCUSDT', 'band');
    await s.pass(4 * SECOND_MS);
    const popup = s.watch('binance');
    await s.settle();
    expect(popup.of('summary')).toHaveLength(1);
    expect(popup.states()).toEqual(allLive);
    await s.advance(10);
    const another = s.watch('bybit');
    await s.settle();
    expect(another.of('summary')).toHaveLength(1);
    expect(another.of('summary')[0].summary.contractId).toBe(BYBIT.id);
  });

  it('stops all of them when nobody watches any more', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    s.hub.handlers.onUnwatch(chart.watch);
    await s.pass(6 * SECOND_MS);
    const fakes = Object.values(s.venues);
    expect(fakes.map(({ state }) => state.followed)).toEqual([[], [], []]);
    const requests = fakes.map(({ state }) => state.requests);
    await s.advance(10 * MINUTE_MS);
    expect(fakes.map(({ state }) => state.requests)).toEqual(requests);
  });
});

describe('a venue that fails', () => {
  it('from the start leaves the rest working, is named as missing and joins by itself', async () => {
    const s = stage();
    s.venues.bybit.state.fail = REFUSED;
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    expect(chart.states()).toEqual({ ...allLive, bybit: 'blocked' });
    expect(chart.coverage()).toEqual({ countedVenues: 2, venues: 3, openInterestShare: null });
    s.venues.bybit.state.fail = null;
    await s.pass(25 * SECOND_MS);
    expect(chart.states()).toEqual(allLive);
  });

  it('later is dropped from the sum once its data are old, with its last open interest still counting', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    const whole = totalUsd(chart.profile()!.long);
    s.venues.bybit.state.isMute = true;
    s.venues.bybit.state.fail = { ...REFUSED, kind: 'network' };
    await s.pass(50 * SECOND_MS);
    expect(chart.states()).toEqual({ ...allLive, bybit: 'down' });
    expect(chart.coverage()?.openInterestShare).toBeCloseTo((1 + 0.1) / (1 + 0.5 + 0.1), 2);
    expect(totalUsd(chart.profile()!.long) / whole).toBeLessThan(0.8);
    expect(chart.of('resolved').at(-1)).toMatchObject({ resolution: { contract: { id: BTCUSDT.id }, proxyFor: null } });
    s.venues.bybit.state.isMute = false;
    s.venues.bybit.state.fail = null;
    await s.pass(20 * SECOND_MS);
    expect(chart.states()).toEqual(allLive);
  });

  it('is remembered with the open interest of an earlier life', async () => {
    const log = createMemoryLog(() => {});
    const before = stage(log);
    before.watch('binance');
    await before.pass(4 * SECOND_MS);
    const s = stage(log, NOW_MS + 10 * MINUTE_MS);
    s.venues.gate.state.fail = REFUSED;
    s.venues.gate.state.isMute = true;
    const chart = s.watch('binance');
    await s.pass(4 * SECOND_MS);
    expect(chart.states()).toEqual({ ...allLive, gate: 'blocked' });
    expect(chart.coverage()?.openInterestShare).toBeCloseTo(1.5 / 1.6, 2);
  });

  it('is stood in for by the largest other one where its prices are shown, and takes over again', async () => {
    const s = stage();
    s.venues.gate.state.fail = REFUSED;
    const chart = s.watch('bybit');
    await s.pass(3 * SECOND_MS);
    s.venues.bybit.state.isMute = true;
    s.venues.bybit.state.fail = REFUSED;
    await s.pass(50 * SECOND_MS);
    expect(chart.of('resolved').at(-1)).toMatchObject({
      resolution: { contract: { id: BTCUSDT.id }, proxyFor: 'Bybit BTCUSDT', priceFactor: 1 },
    });
    expect(
      chart
        .of('health')
        .at(-1)
        ?.health.map(({ venueId }) => venueId),
    ).toEqual(['binance', 'bybit', 'gate']);
    expect(chart.of('health').at(-1)?.ageMs).toBeLessThan(5 * SECOND_MS);
    s.venues.bybit.state.isMute = false;
    s.venues.bybit.state.fail = null;
    await s.pass(20 * SECOND_MS);
    expect(chart.of('resolved').at(-1)).toMatchObject({ resolution: { contract: { id: BYBIT.id }, proxyFor: null } });
  });

  it('with a chart of its own is replaced from the start by a venue that tells', async () => {
    const s = stage();
    s.venues.bybit.state.fail = REFUSED;
    const chart = s.watch('bybit');
    await s.pass(3 * SECOND_MS);
    expect(chart.of('resolved').at(-1)).toMatchObject({
      resolution: { contract: { id: BTCUSDT.id }, proxyFor: 'Bybit BTCUSDT' },
    });
    s.venues.bybit.state.fail = null;
    await s.pass(20 * SECOND_MS);
    expect(chart.of('resolved').at(-1)).toMatchObject({ resolution: { contract: { id: BYBIT.id }, proxyFor: null } });
  });
});

describe('the choice of venues', () => {
  it('holds at once: a venue that is off is neither counted nor asked', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    await s.switchVenues(['bybit']);
    await s.pass(2 * SECOND_MS);
    expect(chart.states()).toEqual({ ...allLive, bybit: 'off' });
    expect(chart.coverage()).toEqual({ countedVenues: 2, venues: 2, openInterestShare: 1 });
    expect(s.venues.bybit.state.followed).toEqual([]);
    await s.switchVenues([]);
    await s.pass(2 * SECOND_MS);
    expect(chart.states()).toEqual(allLive);
  });

  it('makes the past of other contracts, which is said of it', async () => {
    const s = stage();
    const chart = s.watch('binance', 'BTCUSDT', 'band');
    const madeOf = async () => {
      s.hub.handlers.onReadHistory(chart.watch, { fromMs: NOW_MS - HOUR_MS, toMs: NOW_MS, stepMs: 5 * MINUTE_MS });
      await s.settle();
      // In whatever order.
      return chart.of('history').at(-1)!.madeOf.split(',').sort();
    };
    // Once the columns of all are made.
    await s.pass(10 * SECOND_MS);
    const ofAll = await madeOf();
    expect(await madeOf()).toEqual(ofAll);
    await s.switchVenues(['bybit']);
    await s.pass(2 * SECOND_MS);
    expect(await madeOf()).not.toEqual(ofAll);
    await s.switchVenues([]);
    await s.pass(10 * SECOND_MS);
    expect(await madeOf()).toEqual(ofAll);
  });

  it('lets another venue stand in for a chart of one that is off', async () => {
    const s = stage();
    const chart = s.watch('bybit');
    await s.pass(3 * SECOND_MS);
    await s.switchVenues(['bybit']);
    await s.pass(2 * SECOND_MS);
    expect(chart.of('resolved').at(-1)).toMatchObject({
      resolution: { contract: { venueId: 'binance' }, proxyFor: 'Bybit BTCUSDT' },
    });
  });
});
