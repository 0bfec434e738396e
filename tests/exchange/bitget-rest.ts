import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import type { BitgetListing } from './bitget-listings';
import { candleRow, contractRow, fundingRow, liquidationRow, markRow, tickerRow } from './bitget-wire';
import type { Reply } from './reply';

interface Context {
  readonly listings: ReadonlyMap<string, BitgetListing>;
  readonly nowMs: number;
}
type Route = (query: URLSearchParams, context: Context) => unknown;

/** What the venue answers with status 400. */
class BitgetError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const STEPS_MS: Readonly<Record<string, number>> = { '1m': MINUTE_MS, '5m': BAR_MS, '1H': HOUR_MS };
const REACH_MS: Readonly<Record<string, number>> = { '1m': 30 * DAY_MS, '5m': 30 * DAY_MS, '1H': 83 * DAY_MS };
const LIQUIDATIONS_MS = 3 * DAY_MS;
const RATIO_ROWS = 30;
const TAKER_ROWS = 500;

const listingOf = (query: URLSearchParams, { listings }: Context): BitgetListing => {
  const listing = listings.get(query.get('symbol') ?? '');
  if (listing === undefined) throw new BitgetError('40034', `Parameter ${query.get('symbol')} does not exist`);
  return listing;
};

/** Oldest first: the newest so many before `endTime`, none before `startTime`. */
const candles =
  (kind: 'trades' | 'marks' | 'asked', reach: 'recent' | 'all', most: number): Route =>
  (query, context) => {
    const listing = listingOf(query, context);
    const granularity = query.get('granularity') ?? '';
    const stepMs = STEPS_MS[granularity];
    if (stepMs === undefined) throw new BitgetError('400172', 'Parameter verification failed granularity');
    const limit = Number(query.get('limit') ?? 100);
    if (limit > most) throw new BitgetError('40020', 'Parameter limit error');
    const { nowMs } = context;
    const reachedMs = reach === 'recent' ? nowMs - REACH_MS[granularity] : 0;
    const firstMs = Math.max(listing.listedTimeMs, reachedMs, Number(query.get('startTime') ?? 0));
    const lastMs = Math.min(nowMs, Number(query.get('endTime') ?? Infinity) - 1);
    const isMark = kind === 'marks' || (kind === 'asked' && query.get('kLineType') === 'MARK');
    const source = listing.source();
    const rows: string[][] = [];
    for (let openMs = floorToStep(lastMs, stepMs); openMs >= firstMs && rows.length < limit; openMs -= stepMs) {
      rows.push(
        isMark
          ? markRow(source.markRange(openMs, openMs + stepMs, nowMs), listing)
          : candleRow(source.candle(openMs, openMs + stepMs, nowMs), listing),
      );
    }
    return rows.toReversed();
  };

const ticker = (listing: BitgetListing, nowMs: number): object => {
  const untilMs = floorToStep(nowMs, MINUTE_MS) + MINUTE_MS;
  const fromMs = Math.max(listing.listedTimeMs, untilMs - DAY_MS);
  return tickerRow(listing, listing.source().candle(fromMs, untilMs, nowMs), nowMs);
};

const accountLongShort: Route = (query, context) => {
  listingOf(query, context);
  const newestMs = floorToStep(context.nowMs, BAR_MS);
  return Array.from({ length: RATIO_ROWS }, (_, nth) => {
    const timeMs = newestMs - (RATIO_ROWS - 1 - nth) * BAR_MS;
    const long = 0.55 + 0.1 * Math.sin(timeMs / 4.1e7);
    return {
      longAccountRatio: long.toFixed(4),
      shortAccountRatio: (1 - long).toFixed(4),
      longShortAccountRatio: (long / (1 - long)).toFixed(4),
      ts: String(timeMs),
    };
  });
};

/** Oldest first, labelled by the start of the period; the newest still runs. */
const takerBuySell: Route = (query, context) => {
  const source = listingOf(query, context).source();
  const newestMs = floorToStep(context.nowMs, BAR_MS);
  return Array.from({ length: TAKER_ROWS }, (_, nth) => {
    const openMs = newestMs - (TAKER_ROWS - 1 - nth) * BAR_MS;
    const { volume, takerBuyVolume } = source.candle(openMs, openMs + BAR_MS, context.nowMs);
    return { buyVolume: String(takerBuyVolume), sellVolume: String(volume - takerBuyVolume), ts: String(openMs) };
  });
};

const positionTiers: Route = (query, context) =>
  listingOf(query, context).instrument.tiers.map((tier, index) => ({
    tier: String(index + 1),
    minTierValue: String(tier.notionalFloor),
    maxTierValue: String(tier.notionalCap),
    leverage: String(tier.maxLeverage),
    mmr: String(tier.maintenanceMarginRate),
  }));

/** Newest first; the cursor is how many have been told. */
const liquidations: Route = (query, context) => {
  const listing = listingOf(query, context);
  const { nowMs } = context;
  const newestFirst = listing
    .source()
    .liquidations(nowMs - LIQUIDATIONS_MS, nowMs, 'full')
    .toReversed();
  const told = Number(query.get('cursor') ?? 0);
  const list = newestFirst.slice(told, told + Math.min(100, Number(query.get('limit') ?? 100)));
  const cursor = list.length === 0 ? '' : String(told + list.length);
  return { list: list.map((event) => liquidationRow(event, listing)), cursor };
};

const DATED = {
  symbol: 'BTCUSDT_261225',
  baseCoin: 'BTC',
  quoteCoin: 'USDT',
  symbolType: 'delivery',
  symbolStatus: 'normal',
  pricePlace: '1',
  priceEndStep: '1',
  sizeMultiplier: '0.001',
  launchTime: '',
};

const ROUTES: Readonly<Record<string, { readonly most: number; readonly respond: Route }>> = {
  '/api/v2/public/time': { most: 20, respond: (_query, { nowMs }) => ({ serverTime: String(nowMs) }) },
  '/api/v2/mix/market/contracts': {
    most: 20,
    respond: (_query, { listings }) => [...[...listings.values()].map(contractRow), DATED],
  },
  '/api/v2/mix/market/candles': { most: 20, respond: candles('asked', 'recent', 1000) },
  '/api/v2/mix/market/history-candles': { most: 20, respond: candles('trades', 'all', 200) },
  '/api/v2/mix/market/history-mark-candles': { most: 20, respond: candles('marks', 'all', 200) },
  '/api/v2/mix/market/ticker': {
    most: 20,
    respond: (query, context) => [ticker(listingOf(query, context), context.nowMs)],
  },
  '/api/v2/mix/market/tickers': {
    most: 20,
    respond: (_query, { listings, nowMs }) => [...listings.values()].map((listing) => ticker(listing, nowMs)),
  },
  '/api/v2/mix/market/current-fund-rate': {
    most: 20,
    respond: (query, context) => [fundingRow(listingOf(query, context), context.nowMs)],
  },
  '/api/v2/mix/market/account-long-short': { most: 1, respond: accountLongShort },
  '/api/v2/mix/market/taker-buy-sell': { most: 1, respond: takerBuySell },
  '/api/v3/market/position-tier': { most: 10, respond: positionTiers },
  '/api/v3/market/liquidations': { most: 5, respond: liquidations },
};

/** Requests of an endpoint in a second. */
export const mostOfBitget = (path: string): number => (Object.hasOwn(ROUTES, path) ? ROUTES[path].most : 20);

export const respondBitget = (url: URL, context: Context): Reply => {
  if (!Object.hasOwn(ROUTES, url.pathname)) {
    return { status: 404, body: { code: '40404', msg: 'Request URL NOT FOUND', data: null } };
  }
  const requestTime = context.nowMs;
  try {
    const data = ROUTES[url.pathname].respond(url.searchParams, context);
    return { status: 200, body: { code: '00000', msg: 'success', requestTime, data } };
  } catch (error) {
    if (!(error instanceof BitgetError)) throw error;
    return { status: 400, body: { code: error.code, msg: error.message, requestTime, data: null } };
  }
};
