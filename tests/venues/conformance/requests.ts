import { describe, expect, it } from 'vitest';

import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { usdOf } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

import { valueOf } from '../rest-only';
import { type Stand, START_MS } from './rig';

const { signal } = new AbortController();
const OPEN_MS = floorToStep(START_MS, BAR_MS);

/** Equal but for what wire formats round away. */
export const expectNear = (actual: number, expected: number): void => {
  if (actual !== expected) expect(actual / expected).toBeCloseTo(1, 4);
};

const describeContracts = (stand: Stand): void => {
  it('lists perpetuals with their units and steps, and nothing else', async () => {
    const contracts = valueOf(await stand.rig.venue.fetchContracts(signal));
    const { id, contracts: expected, absent } = stand.venueCase;
    for (const each of expected) {
      const listed = contracts.find(({ symbol }) => symbol === each.symbol);
      expect(listed).toMatchObject({ ...each, id: `${id}:${each.symbol}`, venueId: id });
      const { instrument } = stand.rig.exchangeVenue.listings.get(each.symbol)!;
      expectNear(listed!.tickSize, instrument.tickSize);
      expectNear(listed!.qtyStep, instrument.qtyStep);
    }
    const symbols = contracts.map(({ symbol }) => symbol);
    for (const symbol of absent) expect(symbols).not.toContain(symbol);
    expect(new Set(symbols).size).toBe(symbols.length);
  });

  it('reads the brackets, lowest first and the last one open, and falls back on bundled ones', async () => {
    const { venueCase, rig } = stand;
    const expected = rig.exchangeVenue.listings.get(venueCase.symbol)!.instrument.tiers;
    const { tiers, source } = await rig.venue.fetchRiskTiers(venueCase.symbol, signal);
    expect(tiers[0].notionalFloor).toBe(0);
    expect(tiers.at(-1)?.notionalCap).toBe(Infinity);
    expect(tiers.slice(1).map((tier) => tier.notionalFloor)).toEqual(
      tiers.slice(0, -1).map((tier) => tier.notionalCap),
    );
    expect(source).toBe(venueCase.tierRequests === null ? 'bundled' : 'venue');
    if (venueCase.tierRequests === null) return;
    expect(tiers).toHaveLength(expected.length);
    for (const [nth, tier] of tiers.entries()) {
      expectNear(tier.maintenanceMarginRate, expected[nth].maintenanceMarginRate);
      expectNear(tier.maxLeverage, expected[nth].maxLeverage);
      if (nth > 0) expectNear(tier.maintenanceAmount, expected[nth].maintenanceAmount);
    }
    rig.exchangeVenue.setFault({ target: 'rest', kind: 'malformed', match: venueCase.tierRequests });
    const other = await stand.rigAhead(0).venue.fetchRiskTiers(venueCase.symbol, signal);
    expect(other.source).toBe('bundled');
    expect(other.tiers.length).toBeGreaterThan(1);
  });
};

const describeBars = (stand: Stand): void => {
  const fetchAll = async (startMs: number, endMs: number, rig = stand.rig): Promise<Bar[]> => {
    const bars: Bar[] = [];
    for (let fromMs = startMs; fromMs < endMs;) {
      const asked = rig.venue.fetchBars(stand.venueCase.symbol, { startMs: fromMs, endMs }, signal);
      const page = valueOf(await rig.passFor(asked));
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(rig.venue.barsPerPage);
      expect(page[0].openTimeMs).toBe(fromMs);
      bars.push(...page);
      fromMs = bars[bars.length - 1].openTimeMs + BAR_MS;
    }
    return bars;
  };
  const expectMarkets = (bars: readonly Bar[], stepMs = BAR_MS): void => {
    const { id, hasMarkBars, symbol } = stand.venueCase;
    const source = stand.rig.exchangeVenue.source(symbol);
    const { takerSplit } = VENUE_FACTS[id];
    const isFromCandles = id === 'binance' || id === 'binance-coin';
    // Statistics are of five minutes, and reach back a month, some days or a day.
    const reachMs = { month: 30 * DAY_MS, days: id === 'okx' ? 5 * DAY_MS : DAY_MS, none: 0 }[takerSplit];
    const hasSplit = (openTimeMs: number) =>
      isFromCandles ||
      (stepMs === BAR_MS && openTimeMs >= Math.ceil((START_MS - reachMs) / BAR_MS) * BAR_MS && reachMs > 0);
    for (const bar of bars) {
      const candle = source.candle(bar.openTimeMs, bar.openTimeMs + stepMs, START_MS);
      for (const key of ['open', 'high', 'low', 'close', 'volume'] as const) expectNear(bar[key], candle[key]);
      // A venue may tell of more than it was asked for.
      const isTold = takerSplit !== 'none' && !Number.isNaN(bar.takerBuyVolume);
      if (hasSplit(bar.openTimeMs) || isTold) expectNear(bar.takerBuyVolume, candle.takerBuyVolume);
      else expect(bar.takerBuyVolume).toBeNaN();
      if (stepMs !== BAR_MS || !hasMarkBars) continue;
      const mark = source.markRange(bar.openTimeMs, bar.openTimeMs + BAR_MS, START_MS);
      expectNear(bar.markHigh, mark.high);
      expectNear(bar.markLow, mark.low);
      expectNear(bar.markClose, mark.close);
    }
  };

  it("gives closed bars page by page, in the contract's unit, without the open one", async () => {
    const { venue } = stand.rig;
    await venue.fetchTime(signal);
    const startMs = OPEN_MS - (venue.barsPerPage + 7) * BAR_MS;
    const bars = await fetchAll(startMs, OPEN_MS + BAR_MS);
    expect(bars.map((bar) => bar.openTimeMs)).toEqual(
      Array.from({ length: venue.barsPerPage + 7 }, (_, nth) => startMs + nth * BAR_MS),
    );
    expectMarkets(bars);
  });

  it('gives the minutes of closed bars, where it lists any, that make up the bars', async (context) => {
    const { venue } = stand.rig;
    const { minutes } = venue;
    if (minutes === undefined) {
      context.skip();
      return;
    }
    await venue.fetchTime(signal);
    const count = minutes.barsPerPage;
    const span = { startMs: OPEN_MS - (count - 1) * BAR_MS, endMs: OPEN_MS + BAR_MS };
    const told = valueOf(await minutes.fetch(stand.venueCase.symbol, span, signal));
    expect(told.map(({ openTimeMs }) => openTimeMs)).toEqual(
      Array.from({ length: count - 1 }, (_, nth) => span.startMs + nth * BAR_MS),
    );
    const bars = await fetchAll(span.startMs, OPEN_MS);
    for (const [nth, { path }] of told.entries()) {
      const column = (at: number) => path.filter((_, i) => i % 4 === at);
      expectNear(Math.max(...column(0)), bars[nth].high);
      expectNear(Math.min(...column(1)), bars[nth].low);
      expectNear(column(2).at(-1) ?? NaN, bars[nth].close);
      expectNear(
        column(3).reduce((sum, volume) => sum + volume, 0),
        bars[nth].volume,
      );
    }
  });

  it('gives minutes as far back as it says', async (context) => {
    const { minutes } = stand.rig.venue;
    if (minutes === undefined || minutes.reachMs === Infinity) {
      context.skip();
      return;
    }
    await stand.rig.venue.fetchTime(signal);
    const startMs = OPEN_MS - minutes.reachMs + BAR_MS;
    const span = { startMs, endMs: startMs + 3 * BAR_MS };
    expect(valueOf(await minutes.fetch(stand.venueCase.symbol, span, signal))).toHaveLength(3);
    const before = { startMs: startMs - DAY_MS, endMs: startMs - DAY_MS + BAR_MS };
    expect((await minutes.fetch(stand.venueCase.symbol, before, signal)).ok).toBe(false);
  });

  it('gives hours of the same market', async () => {
    const span = { startMs: floorToStep(START_MS, HOUR_MS) - 30 * HOUR_MS, endMs: floorToStep(START_MS, HOUR_MS) };
    const bars = valueOf(await stand.rig.venue.fetchHourlyBars(stand.venueCase.symbol, span, signal));
    expect(bars.map((bar) => bar.openTimeMs)).toEqual(
      Array.from({ length: 30 }, (_, nth) => span.startMs + nth * HOUR_MS),
    );
    expectMarkets(bars, HOUR_MS);
  });

  it.each([-HOUR_MS, HOUR_MS])("goes by the venue's clock, with a machine that is %i ms ahead", async (offsetMs) => {
    const rig = stand.rigAhead(offsetMs);
    expect(valueOf(await rig.venue.fetchTime(signal))).toBe(START_MS);
    const bars = await fetchAll(OPEN_MS - 3 * BAR_MS, OPEN_MS + 3 * BAR_MS, rig);
    expect(bars.map((bar) => bar.openTimeMs)).toEqual([3, 2, 1].map((nth) => OPEN_MS - nth * BAR_MS));
  });

  it("reports a venue's clock that is off", async () => {
    stand.rig.exchangeVenue.setFault({ target: 'rest', kind: 'skew', skewMs: 90_000 });
    expect(valueOf(await stand.rig.venue.fetchTime(signal))).toBe(START_MS + 90_000);
  });

  it.each(['duplicate', 'reorder'] as const)('puts rows in order and knows each once: %s', async (kind) => {
    await stand.rig.venue.fetchTime(signal);
    stand.rig.exchangeVenue.setFault({ target: 'rest', kind });
    const bars = await fetchAll(OPEN_MS - 5 * BAR_MS, OPEN_MS);
    expect(bars.map((bar) => bar.openTimeMs)).toEqual([5, 4, 3, 2, 1].map((nth) => OPEN_MS - nth * BAR_MS));
    expectMarkets(bars);
  });

  it('fails as a result, not by throwing, for a contract that is not listed', async () => {
    const span = { startMs: OPEN_MS - BAR_MS, endMs: OPEN_MS };
    const result = await stand.rig.venue.fetchBars('NOSUCHCONTRACT', span, signal);
    expect(result.ok ? result.value : []).toEqual([]);
  });
};

const describeFigures = (stand: Stand): void => {
  it('gives the open interest of one side', async () => {
    const { venueCase, rig } = stand;
    const span = { startMs: OPEN_MS - 20 * BAR_MS, endMs: OPEN_MS };
    const points = valueOf(await rig.venue.fetchOpenInterest(venueCase.symbol, span, signal));
    if (rig.venue.openInterestReachMs === 0) {
      expect(points).toEqual([]);
      return;
    }
    expect(points.map(({ timeMs }) => timeMs)).toEqual(
      Array.from({ length: 20 }, (_, nth) => span.startMs + nth * BAR_MS),
    );
    const source = rig.exchangeVenue.source(venueCase.symbol);
    for (const point of points) expectNear(point.openInterest, source.openInterest(point.timeMs));
    const longMs = OPEN_MS - (rig.venue.openInterestPerPage + 9) * BAR_MS;
    const [page] = [valueOf(await rig.venue.fetchOpenInterest(venueCase.symbol, { ...span, startMs: longMs }, signal))];
    expect(page.length).toBeLessThanOrEqual(rig.venue.openInterestPerPage);
    expect(page[0].timeMs).toBe(longMs);
  });

  it('gives the figures of the moment', async () => {
    const { venueCase, rig } = stand;
    const source = rig.exchangeVenue.source(venueCase.symbol);
    const snapshot = valueOf(await rig.venue.fetchSnapshot(venueCase.symbol, signal));
    expectNear(snapshot.openInterest?.openInterest ?? NaN, source.openInterest(START_MS));
    expectNear(snapshot.markPrice ?? NaN, source.mark(START_MS));
    expect(Math.abs(snapshot.fundingRate ?? NaN)).toBeLessThan(0.01);
    if (snapshot.nextFundingTimeMs !== null) expect(snapshot.nextFundingTimeMs).toBeGreaterThan(START_MS);
    if (snapshot.fundingIntervalMs !== null) {
      expectNear(snapshot.fundingIntervalMs, source.instrument.fundingIntervalMs);
    }
    const ratio = valueOf(await rig.venue.fetchLongShortRatio(venueCase.symbol, signal));
    if (ratio !== null) expect(ratio).toBeGreaterThan(0);
  });

  it('gives the figures of all contracts at once', async () => {
    const { venue, exchangeVenue } = stand.rig;
    const tickers = valueOf(await venue.fetchTickers(signal));
    for (const expected of stand.venueCase.contracts) {
      const ticker = tickers.find(({ symbol }) => symbol === expected.symbol);
      const source = exchangeVenue.source(expected.symbol);
      expectNear(ticker!.lastPrice, source.price(START_MS));
      if (!Number.isNaN(ticker!.markPrice)) expectNear(ticker!.markPrice, source.mark(START_MS));
      if (!Number.isNaN(ticker!.openInterest)) expectNear(ticker!.openInterest, source.openInterest(START_MS));
      const fromMs = floorToStep(START_MS - DAY_MS, 60_000);
      const day = source.candle(fromMs, floorToStep(START_MS, 60_000), START_MS);
      const settlement = expected.settlement ?? 'linear';
      expect(ticker!.volume24hUsd / usdOf({ settlement }, day.volume, day.close)).toBeGreaterThan(0.8);
      expect(ticker!.volume24hUsd / usdOf({ settlement }, day.volume, day.close)).toBeLessThan(1.25);
      expect(ticker!.change24h).toBeCloseTo(day.close / day.open - 1, 2);
      expect(Math.abs(ticker!.fundingRate)).toBeLessThan(0.01);
    }
    for (const symbol of stand.venueCase.absent) expect(tickers.map((each) => each.symbol)).not.toContain(symbol);
  });

  it('back-fills liquidations of both sides', async ({ skip }) => {
    const { venue, exchangeVenue } = stand.rig;
    if (venue.fetchLiquidations === null) {
      skip('the venue tells none');
      return;
    }
    const { symbol } = stand.venueCase;
    const startMs = START_MS - 3 * DAY_MS;
    const fetched: Liquidation[] = [];
    for (let fromMs = startMs; ; fromMs = fetched[fetched.length - 1].timeMs + 1) {
      const page = valueOf(await venue.fetchLiquidations(symbol, { startMs: fromMs, endMs: START_MS }, signal));
      fetched.push(...page);
      if (page.length === 0) break;
    }
    const expected = exchangeVenue.source(symbol).liquidations(startMs, START_MS, 'full');
    expect(new Set(expected.map(({ positionSide }) => positionSide))).toEqual(new Set(['long', 'short']));
    const stepMs = stand.venueCase.liquidationTimeStepMs ?? 1;
    expect(fetched.map(({ timeMs, positionSide }) => [timeMs, positionSide])).toEqual(
      expected.map(({ timeMs, positionSide }) => [floorToStep(timeMs, stepMs), positionSide]),
    );
    for (const [nth, { qty, bankruptcyPrice }] of fetched.entries()) {
      expectNear(qty, expected[nth].qty);
      if (!Number.isNaN(bankruptcyPrice)) expectNear(bankruptcyPrice, expected[nth].bankruptcyPrice);
    }
  });
};

export const describeRequests = (stand: Stand): void => {
  describe('requests', () => {
    describeContracts(stand);
    describeBars(stand);
    describeFigures(stand);
  });
};
