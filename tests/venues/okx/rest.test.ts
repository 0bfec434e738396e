import { describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';
import { createOkx } from '@/lib/venues/okx';
import { tiersFromRows } from '@/lib/venues/okx/rest-wire';

import { fixturesOf, withValue } from '../fixtures';
import { restOnly } from '../rest-only';
import { createVirtualTime } from '../virtual-time';

const { fixture } = fixturesOf('okx');
const T = 1_767_225_600_000;
const { signal } = new AbortController();

/** Answers by the last part of the path; everything else is a 404. */
const createVenue = (answers: Readonly<Record<string, unknown>>, nowMs = T + 700_000) => {
  const asked: URL[] = [];
  const time = createVirtualTime(nowMs);
  const venue = createOkx(
    restOnly(time, (url) => {
      const target = new URL(url);
      asked.push(target);
      const name = target.pathname.split('/').at(-1) ?? '';
      const body = { instruments: fixture('instruments'), ...answers }[name];
      return Promise.resolve(new Response(JSON.stringify(body ?? {}), { status: body === undefined ? 404 : 200 }));
    }),
  );
  return { venue, asked, time };
};

describe('OKX over REST', () => {
  it('lists swaps in dollars by what one contract is', async () => {
    const { venue } = createVenue({});
    const result = await venue.fetchContracts(signal);
    const contracts = result.ok ? result.value : [];
    expect(
      contracts.map(({ symbol, assetClass, settlement, multiplier, isTrading }) => [
        symbol,
        assetClass,
        settlement,
        multiplier,
        isTrading,
      ]),
    ).toEqual([
      ['BTC-USDT-SWAP', 'major', 'linear', 1, true],
      ['ETH-USDC-SWAP', 'major', 'linear', 1, true],
      ['BTC-USD-SWAP', 'major', 'inverse', 1, true],
      ['PEPE-USDT-SWAP', 'altcoin', 'linear', 1, true],
      ['SATS-USDT-SWAP', 'altcoin', 'linear', 1, true],
      ['TSLA-USDT-SWAP', 'equity', 'linear', 1, false],
      ['XAU-USDT-SWAP', 'gold', 'linear', 1, true],
    ]);
    expect(contracts.map(({ qtyStep }) => qtyStep)).toEqual([1e-4, 1e-3, 10, 1e6, 1e7, 0.1, 1e-3]);
  });

  it('joins closed bars in base units with their marks, and leaves what may still be open by an unknown clock', async () => {
    const { venue, asked } = createVenue({
      candles: fixture('candles'),
      'mark-price-candles': fixture('mark-price-candles'),
      'taker-volume-contract': fixture('taker-volume-contract'),
      time: fixture('time'),
    });
    const result = await venue.fetchBars('BTC-USDT-SWAP', { startMs: T, endMs: T + 3 * BAR_MS }, signal);
    expect(result.ok && result.value.map(({ openTimeMs }) => openTimeMs)).toEqual([T]);
    expect(result.ok && result.value[0]).toMatchObject({ markHigh: 64_011.9, markLow: 63_989.45 });
    expect(result.ok && result.value[0].volume).toBeCloseTo(20.0125, 9);
    expect(result.ok && result.value[0].takerBuyVolume).toBeCloseTo((20.0125 * 800.5) / (800.5 + 1200.75), 9);
    const query = asked.find(({ pathname }) => pathname === '/api/v5/market/candles')!.searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      instId: 'BTC-USDT-SWAP',
      bar: '5m',
      after: String(T + 3 * BAR_MS),
      before: String(T - 1),
    });
  });

  it('stamps open interest with the end of its period', async () => {
    const { venue } = createVenue({ 'open-interest-history': fixture('open-interest-history') });
    const result = await venue.fetchOpenInterest('BTC-USDT-SWAP', { startMs: T, endMs: T + 2 * BAR_MS }, signal);
    expect(result).toEqual({ ok: true, value: [{ timeMs: T + BAR_MS, openInterest: 25_000 }] });
  });

  it('does without a history of open interest once the venue has removed it, until asked to try again', async () => {
    const { venue, asked } = createVenue({});
    expect(venue.openInterestReachMs).toBeGreaterThan(0);
    const ask = () => venue.fetchOpenInterest('BTC-USDT-SWAP', { startMs: T, endMs: T + BAR_MS }, signal);
    expect(await ask()).toEqual({ ok: true, value: [] });
    expect(venue.openInterestReachMs).toBe(0);
    const before = asked.length;
    await ask();
    expect(asked).toHaveLength(before);
    venue.retry();
    expect(venue.openInterestReachMs).toBeGreaterThan(0);
  });

  it('gives the figures of now, with the funding interval between two settlements', async () => {
    const { venue } = createVenue({
      'open-interest': fixture('open-interest'),
      'mark-price': fixture('mark-price'),
      'funding-rate': fixture('funding-rate'),
    });
    const result = await venue.fetchSnapshot('BTC-USDT-SWAP', signal);
    expect(result.ok && result.value).toMatchObject({
      markPrice: 64_021.5,
      fundingRate: 0.0000512345,
      nextFundingTimeMs: T + 8 * 3_600_000,
      fundingIntervalMs: 8 * 3_600_000,
      venueTimeMs: T + 700_123,
    });
    expect(result.ok && result.value.openInterest?.openInterest).toBeCloseTo(25_123.456, 6);
  });

  it('says what one request of several did not: NaN', async () => {
    const { venue } = createVenue({ tickers: fixture('tickers'), 'mark-price': fixture('mark-price') });
    const result = await venue.fetchTickers(signal);
    const tickers = result.ok ? result.value : [];
    expect(tickers.map(({ symbol }) => symbol)).toEqual(['BTC-USDT-SWAP', 'BTC-USD-SWAP']);
    expect(tickers[0]).toMatchObject({ lastPrice: 64_000, markPrice: 64_021.5, openInterest: NaN, fundingRate: NaN });
    expect(tickers[0].volume24hUsd).toBeCloseTo(12e6 * 0.01 * 64_000, 0);
    expect(tickers[0].change24h).toBeCloseTo(0.024, 9);
    expect(tickers[1].volume24hUsd).toBe(640_000 * 100);
  });

  it('turns tiers in contracts into quote currency, without gaps or deductions', async () => {
    const { venue } = createVenue({
      'position-tiers': fixture('position-tiers'),
      'mark-price': fixture('mark-price'),
    });
    const { tiers, source } = await venue.fetchRiskTiers('BTC-USDT-SWAP', signal);
    const cap = 1000 * 0.01 * 64_021.5;
    expect(source).toBe('venue');
    expect(tiers).toEqual([
      { notionalFloor: 0, notionalCap: cap, maintenanceMarginRate: 0.004, maintenanceAmount: 0, maxLeverage: 100 },
      { notionalFloor: cap, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 0, maxLeverage: 50 },
    ]);
    const bundled = await createVenue({}).venue.fetchRiskTiers('BTC-USDT-SWAP', signal);
    expect(bundled.source).toBe('bundled');
  });

  it('tells tiers of an inverse contract in coin', async () => {
    const { venue } = createVenue({
      'position-tiers': fixture('position-tiers'),
      'mark-price': fixture('mark-price'),
    });
    const { tiers } = await venue.fetchRiskTiers('BTC-USD-SWAP', signal);
    expect(tiers[0].notionalCap).toBeCloseTo((1000 * 100) / 64_021.5, 9);
  });

  it('gives past liquidations oldest first', async () => {
    const { venue } = createVenue({ 'liquidation-orders': fixture('liquidation-orders') });
    const result = await venue.fetchLiquidations!('BTC-USDT-SWAP', { startMs: T, endMs: T + 1_000 }, signal);
    expect(result.ok && result.value).toMatchObject([
      { timeMs: T + 100, positionSide: 'short', qty: 0.03 },
      { timeMs: T + 200, positionSide: 'long', qty: 0.125 },
    ]);
  });

  it('waits when told so under a status of 200, and reports other codes', async () => {
    const limited = createVenue({ time: fixture('too-many-requests') });
    const result = await limited.venue.fetchTime(signal);
    expect(!result.ok && result.error).toMatchObject({ kind: 'limited', retryAtMs: limited.time.now() + 10_000 });
    await limited.venue.fetchTime(signal);
    expect(limited.asked).toHaveLength(1);

    const refused = createVenue({ time: withValue(fixture('time'), ['code'], '51001') });
    const other = await refused.venue.fetchTime(signal);
    expect(!other.ok && other.error).toMatchObject({ kind: 'http', message: 'error|venue=OKX|error=51001' });
  });
});

it('counts every border of a bracket in contracts, the first one too', () => {
  const row = { mmr: 0.004, maxLever: 100 };
  const tiers = tiersFromRows(
    [
      { ...row, minSz: 101, maxSz: 500, mmr: 0.01 },
      { ...row, minSz: 10, maxSz: 100 },
    ],
    640,
  );
  expect(tiers.map(({ notionalFloor, notionalCap }) => [notionalFloor, notionalCap])).toEqual([
    [6_400, 64_000],
    [64_000, Infinity],
  ]);
  expect(tiers.map(({ maintenanceMarginRate }) => maintenanceMarginRate)).toEqual([0.004, 0.01]);
});
