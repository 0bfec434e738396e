import { beforeEach, describe, expect, it } from 'vitest';

import type { Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createHyperliquid } from '@/lib/venues/hyperliquid';
import type { Venue, VenueError } from '@/lib/venues/venue';

import { fixturesOf, withValue } from '../fixtures';
import { restOnly, valueOf } from '../rest-only';
import { createVirtualTime, type VirtualTime } from '../virtual-time';

interface Body {
  readonly type: string;
  readonly dex?: string;
  readonly user?: string;
  readonly req?: { readonly coin: string; readonly startTime: number; readonly endTime: number };
}

const { fixture } = fixturesOf('hyperliquid');
const { signal } = new AbortController();
const T0 = 1767225600000;
const SPAN = { startMs: T0, endMs: T0 + 2 * BAR_MS };

let time: VirtualTime;
let venue: Venue;
let answers: Map<string, (body: Body) => unknown>;
let bodies: Body[];

const asked = (type: string) => bodies.filter((body) => body.type === type);

beforeEach(() => {
  time = createVirtualTime(T0 + 2 * BAR_MS + MINUTE_MS);
  bodies = [];
  answers = new Map<string, (body: Body) => unknown>([
    ['metaAndAssetCtxs', ({ dex }) => fixture(dex === 'xyz' ? 'builder-meta-and-asset-ctxs' : 'meta-and-asset-ctxs')],
    ['candleSnapshot', () => fixture('candle-snapshot')],
    ['l2Book', () => withValue(fixture('l2-book'), ['time'], time.now())],
  ]);
  venue = createHyperliquid(
    restOnly(time, (address, init) => {
      expect([address, init.method]).toEqual(['https://api.hyperliquid.xyz/info', 'POST']);
      const body = JSON.parse(init.body as string) as Body;
      bodies.push(body);
      const answer = answers.get(body.type)?.(body);
      return Promise.resolve(
        new Response(JSON.stringify(answer ?? null), { status: answer === undefined ? 500 : 200 }),
      );
    }),
  );
});

describe('contracts', () => {
  it("lists the venue's own and a builder's, with steps by significant figures and thousands by their k", async () => {
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(
      contracts.map(({ symbol, baseAsset, multiplier, assetClass, tickSize, qtyStep, isTrading }) => [
        symbol,
        baseAsset,
        multiplier,
        assetClass,
        tickSize,
        qtyStep,
        isTrading,
      ]),
    ).toEqual([
      ['BTC', 'BTC', 1, 'major', 1, 0.00001, true],
      ['ETH', 'ETH', 1, 'major', 0.1, 0.0001, true],
      ['ATOM', 'ATOM', 1, 'altcoin', 0.0001, 0.01, true],
      ['MATIC', 'MATIC', 1, 'altcoin', 0.00001, 0.1, false],
      ['kPEPE', 'PEPE', 1000, 'altcoin', 0.000001, 1, true],
      ['xyz:XYZ100', 'XYZ100', 1, 'index', 1, 0.0001, true],
      ['xyz:GOLD', 'GOLD', 1, 'gold', 0.1, 0.001, true],
      ['xyz:TSLA', 'TSLA', 1, 'equity', 0.01, 0.001, true],
    ]);
    expect(contracts[6]).toMatchObject({ id: 'hyperliquid:xyz:GOLD', quoteAsset: 'USDC', settlement: 'linear' });
  });

  it("lists its own when the builder's dex does not answer, and nothing when it does not itself", async () => {
    answers.set('metaAndAssetCtxs', ({ dex }) => (dex === 'xyz' ? undefined : fixture('meta-and-asset-ctxs')));
    expect(valueOf(await venue.fetchContracts(signal))).toHaveLength(5);
    answers.set('metaAndAssetCtxs', () => undefined);
    time.advance(MINUTE_MS);
    expect((await venue.fetchContracts(signal)).ok).toBe(false);
  });
});

describe('tiers', () => {
  it('maintains half of the initial margin, continuously over the tiers', async () => {
    const { tiers, source } = await venue.fetchRiskTiers('BTC', signal);
    expect(source).toBe('venue');
    expect(tiers).toEqual([
      { notionalFloor: 0, notionalCap: 150e6, maintenanceMarginRate: 0.0125, maintenanceAmount: 0, maxLeverage: 40 },
      {
        notionalFloor: 150e6,
        notionalCap: Infinity,
        maintenanceMarginRate: 0.025,
        maintenanceAmount: 1_875_000,
        maxLeverage: 20,
      },
    ]);
  });

  it('knows a single tier where no table is listed, and falls back where nothing answers', async () => {
    expect((await venue.fetchRiskTiers('ATOM', signal)).tiers).toEqual([
      { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.1, maintenanceAmount: 0, maxLeverage: 5 },
    ]);
    expect((await venue.fetchRiskTiers('GONE', signal)).source).toBe('bundled');
  });
});

describe('bars and figures', () => {
  it('reads closed bars in base units', async () => {
    await venue.fetchTime(signal);
    const bars = valueOf(await venue.fetchBars('BTC', SPAN, signal));
    expect(bars.map(({ openTimeMs, volume }) => [openTimeMs, volume])).toEqual([
      [T0, 150.01234],
      [T0 + BAR_MS, 98.5],
    ]);
    expect(bars[0]).toMatchObject({ takerBuyVolume: NaN, markHigh: NaN });
    expect(asked('candleSnapshot')[0].req).toEqual({
      coin: 'BTC',
      interval: '5m',
      startTime: SPAN.startMs,
      endTime: SPAN.endMs - 1,
    });
  });

  it('asks for nothing that the venue no longer keeps', async () => {
    const endMs = time.now() - 5001 * BAR_MS;
    expect(valueOf(await venue.fetchBars('BTC', { startMs: endMs - HOUR_MS, endMs }, signal))).toEqual([]);
    expect(bodies).toEqual([]);
    expect((await venue.fetchHourlyBars('BTC', { startMs: endMs - HOUR_MS, endMs }, signal)).ok).toBe(true);
    expect(bodies).toHaveLength(1);
  });

  it('asks for hours up to the end of a month, page by page', async () => {
    const startMs = T0 - 30 * DAY_MS;
    answers.set('candleSnapshot', ({ req }) => {
      const opens = Array.from({ length: 720 }, (_, i) => startMs + i * HOUR_MS);
      const own = opens.filter((t) => t >= (req?.startTime ?? 0) && t <= (req?.endTime ?? 0)).slice(0, 500);
      const [row] = fixture('candle-snapshot') as readonly object[];
      return own.map((t) => ({ ...row, t, i: '1h' }));
    });
    const bars = valueOf(await venue.fetchHourlyBars('BTC', { startMs, endMs: T0 }, signal));
    expect(bars.map(({ openTimeMs }) => openTimeMs)).toEqual(
      Array.from({ length: 720 }, (_, i) => startMs + i * HOUR_MS),
    );
  });

  it('shares an answer among those who ask in the same seconds', async () => {
    const [snapshot] = await Promise.all([
      venue.fetchSnapshot('BTC', signal),
      venue.fetchSnapshot('ETH', signal),
      venue.fetchRiskTiers('BTC', signal),
    ]);
    expect(valueOf(snapshot)).toEqual({
      openInterest: { timeMs: time.now(), openInterest: 27353.17682 },
      markPrice: 77562,
      fundingRate: -0.0000015186,
      nextFundingTimeMs: T0 + HOUR_MS,
      fundingIntervalMs: HOUR_MS,
      venueTimeMs: null,
    });
    expect(asked('metaAndAssetCtxs')).toHaveLength(1);
    time.advance(MINUTE_MS);
    await venue.fetchSnapshot('xyz:GOLD', signal);
    await venue.fetchSnapshot('BTC', signal);
    expect(asked('metaAndAssetCtxs').map(({ dex }) => dex)).toEqual([undefined, 'xyz', undefined]);
  });

  it('reads tickers of all that trade, the mark for the last price where nobody quotes', async () => {
    const tickers = valueOf(await venue.fetchTickers(signal));
    expect(tickers.map(({ symbol }) => symbol)).toEqual([
      'BTC',
      'ETH',
      'ATOM',
      'kPEPE',
      'xyz:XYZ100',
      'xyz:GOLD',
      'xyz:TSLA',
    ]);
    expect(tickers[0]).toEqual({
      symbol: 'BTC',
      lastPrice: 77558.5,
      markPrice: 77562,
      openInterest: 27353.17682,
      change24h: 77558.5 / 76317 - 1,
      volume24hUsd: 1516669192.1953897476,
      fundingIntervalMs: 3_600_000,
      fundingRate: -0.0000015186,
    });
    expect(tickers[2].lastPrice).toBe(2.1315);
  });

  it('has no history of open interest, no ratio and no past liquidations', async () => {
    expect(venue.openInterestReachMs).toBe(0);
    expect(valueOf(await venue.fetchOpenInterest('BTC', SPAN, signal))).toEqual([]);
    expect(valueOf(await venue.fetchLongShortRatio('BTC', signal))).toBeNull();
    expect(venue.fetchLiquidations).toBeNull();
    expect(bodies).toEqual([]);
  });

  it.each([
    ['candleSnapshot', 'candle-snapshot', [0, 'h'], '1'],
    ['candleSnapshot', 'candle-snapshot', [0, 't'], 'now'],
    ['l2Book', 'l2-book', ['time'], -1],
    ['metaAndAssetCtxs', 'meta-and-asset-ctxs', [0, 'universe'], {}],
  ])('refuses %s of another shape', async (type, name, keys, value) => {
    answers.set(type, () => withValue(fixture(name), keys, value));
    const results = {
      candleSnapshot: () => venue.fetchBars('BTC', SPAN, signal),
      l2Book: () => venue.fetchTime(signal),
      metaAndAssetCtxs: () => venue.fetchContracts(signal),
    };
    const result: Result<unknown, VenueError> = await results[type as keyof typeof results]();
    expect(result).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });
});

describe('positions of accounts', () => {
  const ACCOUNT = '0x010461c14e146ac35fe42271bdc1134ee31c703a';
  beforeEach(() => void answers.set('clearinghouseState', () => fixture('clearinghouse-state')));

  it("are asked for on the contract's own dex", async () => {
    expect(valueOf(await venue.fetchPosition!('ETH', ACCOUNT, signal))).toMatchObject({
      positionSide: 'long',
      qty: 0.0335,
    });
    expect(valueOf(await venue.fetchPosition!('xyz:GOLD', ACCOUNT, signal))).toBeNull();
    expect(bodies).toEqual([
      { type: 'clearinghouseState', user: ACCOUNT },
      { type: 'clearinghouseState', user: ACCOUNT, dex: 'xyz' },
    ]);
  });

  it('cannot be read: that is no empty account', async () => {
    answers.set('clearinghouseState', () =>
      withValue(fixture('clearinghouse-state'), ['assetPositions', 0, 'position', 'entryPx'], null),
    );
    expect(await venue.fetchPosition!('ETH', ACCOUNT, signal)).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });

  it('take no more than 300 a minute and never hold up the rest', async () => {
    const positions = Array.from({ length: 200 }, () => venue.fetchPosition!('ETH', ACCOUNT, signal));
    await Promise.all(positions.slice(0, 150));
    expect(asked('clearinghouseState')).toHaveLength(150);
    valueOf(await venue.fetchTime(signal));
    expect(asked('clearinghouseState')).toHaveLength(150);
    time.advance(MINUTE_MS);
    await Promise.all(positions);
    expect(asked('clearinghouseState')).toHaveLength(200);
  });
});
