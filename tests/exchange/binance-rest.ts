import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { coinExchangeInfo } from './binance-coin-exchange-info';
import { exchangeInfo } from './binance-exchange-info';
import {
  barTimes,
  readInterval,
  readLimit,
  readListing,
  readNumber,
  readStatisticListing,
  RequestError,
  statisticTimes,
} from './binance-query';
import { tradingSchedule } from './binance-schedule';
import {
  aggregateTrades,
  formatMark,
  formatPrice,
  formatQty,
  fundingAt,
  indexPrice,
  klineRow,
  markKlineRow,
  pairOf,
  TRADE_SLOT_MS,
} from './binance-wire';
import type { MarketSource } from './market-source';
import type { Reply } from './reply';
import type { Listing } from './source-book';

export interface RestContext {
  readonly listings: ReadonlyMap<string, Listing>;
  /** Venue time. */
  readonly nowMs: number;
}

interface Route {
  readonly weight: (query: URLSearchParams) => number;
  /** Counted in requests per five minutes instead of weight. */
  readonly isHistory?: boolean;
  readonly respond: (query: URLSearchParams, context: RestContext) => unknown;
}

const klines = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readListing(query, context.listings);
  const intervalMs = readInterval(query, 'interval');
  const { nowMs } = context;
  return barTimes(query, listing, nowMs, intervalMs).map((openMs) => {
    const candle = listing.source().candle(openMs, openMs + intervalMs, nowMs);
    return klineRow(candle, openMs + intervalMs - 1, nowMs, listing.instrument);
  });
};

const markPriceKlines = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readListing(query, context.listings);
  const intervalMs = readInterval(query, 'interval');
  return barTimes(query, listing, context.nowMs, intervalMs).map((openMs) =>
    markKlineRow(listing.source().markRange(openMs, openMs + intervalMs, context.nowMs), openMs + intervalMs - 1),
  );
};

/** Statistics name the pair where the margin is coin. */
const nameOf = ({ instrument }: Listing): object =>
  instrument.contractSize === undefined ? { symbol: instrument.symbol } : { pair: pairOf(instrument) };

const openInterestFigures = (openInterest: number, mark: number, { instrument }: Listing): object => {
  const { contractSize } = instrument;
  if (contractSize !== undefined) {
    return {
      contractType: 'PERPETUAL',
      sumOpenInterest: (openInterest / contractSize).toFixed(4),
      sumOpenInterestValue: (openInterest / mark).toFixed(8),
    };
  }
  return {
    sumOpenInterest: openInterest.toFixed(8),
    sumOpenInterestValue: (openInterest * mark).toFixed(8),
    CMCCirculatingSupply: '0',
  };
};

const openInterestHist = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readStatisticListing(query, context.listings);
  return statisticTimes(query, listing, context.nowMs).flatMap((timeMs) => {
    const openInterest = listing.source().openInterest(timeMs);
    if (Number.isNaN(openInterest)) return [];
    return {
      ...nameOf(listing),
      ...openInterestFigures(openInterest, listing.source().mark(timeMs), listing),
      timestamp: timeMs,
    };
  });
};

const globalLongShortAccountRatio = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readStatisticListing(query, context.listings);
  return statisticTimes(query, listing, context.nowMs).map((timeMs) => {
    const longAccount = 0.58 + 0.12 * Math.sin(timeMs / 4.1e7) + 0.03 * Math.sin(timeMs / 5.3e6);
    return {
      ...nameOf(listing),
      longShortRatio: (longAccount / (1 - longAccount)).toFixed(4),
      longAccount: longAccount.toFixed(4),
      shortAccount: (1 - longAccount).toFixed(4),
      timestamp: timeMs,
    };
  });
};

const forOneOrAll = (
  query: URLSearchParams,
  context: RestContext,
  describe: (source: MarketSource, listing: Listing) => object,
): unknown => {
  if (query.has('symbol')) {
    const listing = readListing(query, context.listings);
    const described = describe(listing.source(), listing);
    return listing.instrument.contractSize === undefined ? described : [described];
  }
  return [...context.listings.values()].map((listing) => describe(listing.source(), listing));
};

const premiumIndex = (query: URLSearchParams, context: RestContext): unknown =>
  forOneOrAll(query, context, (source) => {
    const { nowMs } = context;
    const funding = fundingAt(source.instrument, nowMs);
    return {
      symbol: source.instrument.symbol,
      markPrice: formatMark(source.mark(nowMs)),
      indexPrice: formatMark(indexPrice(source, nowMs)),
      estimatedSettlePrice: formatMark(indexPrice(source, nowMs)),
      lastFundingRate: funding.rate.toFixed(8),
      interestRate: '0.00010000',
      nextFundingTime: funding.nextMs,
      time: nowMs,
    };
  });

const ticker24h = (query: URLSearchParams, context: RestContext): unknown =>
  forOneOrAll(query, context, (source, { listedTimeMs }) => {
    const { nowMs } = context;
    const { instrument } = source;
    const openTime = Math.max(listedTimeMs, floorToStep(nowMs, 60_000) - DAY_MS);
    const day = source.candle(openTime, floorToStep(nowMs, 60_000) + 60_000, nowMs);
    const ids = [Math.floor(openTime / TRADE_SLOT_MS), Math.floor(nowMs / TRADE_SLOT_MS)];
    return {
      symbol: instrument.symbol,
      priceChange: formatPrice(day.close - day.open, instrument),
      priceChangePercent: ((day.close / day.open - 1) * 100).toFixed(3),
      weightedAvgPrice: formatPrice(day.volume > 0 ? day.quoteVolume / day.volume : day.close, instrument),
      lastPrice: formatPrice(day.close, instrument),
      lastQty: formatQty(instrument.qtyStep, instrument),
      openPrice: formatPrice(day.open, instrument),
      highPrice: formatPrice(day.high, instrument),
      lowPrice: formatPrice(day.low, instrument),
      volume: formatQty(day.volume, instrument),
      ...(instrument.contractSize === undefined
        ? { quoteVolume: day.quoteVolume.toFixed(2) }
        : { pair: pairOf(instrument), baseVolume: (day.volume / day.close).toFixed(8) }),
      openTime,
      closeTime: nowMs,
      firstId: ids[0],
      lastId: ids[1],
      count: ids[1] - ids[0] + 1,
    };
  });

const aggTrades = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readListing(query, context.listings);
  const limit = readLimit(query, 500, 1000);
  const newest = Math.floor(context.nowMs / TRADE_SLOT_MS) - 1;
  const end = readNumber(query, 'endTime');
  const start = readNumber(query, 'startTime');
  const last = end === undefined ? newest : Math.min(newest, Math.floor(end / TRADE_SLOT_MS));
  const asked = readNumber(query, 'fromId') ?? (start === undefined ? undefined : Math.ceil(start / TRADE_SLOT_MS));
  const rows: object[] = [];
  const oldest = Math.ceil(listing.listedTimeMs / TRADE_SLOT_MS);
  for (let id = Math.max(oldest, asked ?? last - limit + 1); id <= last && rows.length < limit; id++) {
    const trade = aggregateTrades(listing.source(), id, id);
    if (trade === null) continue;
    const { instrument } = listing;
    const [p, q] = [formatPrice(trade.price, instrument), formatQty(trade.qty, instrument)];
    rows.push({ a: id, p, q, nq: q, f: id, l: id, T: trade.timeMs, m: trade.isBuyerMaker });
  }
  return rows;
};

const openInterest = (query: URLSearchParams, context: RestContext): unknown => {
  const listing = readListing(query, context.listings);
  const value = listing.source().openInterest(context.nowMs);
  return {
    openInterest: formatQty(value, listing.instrument),
    symbol: listing.instrument.symbol,
    time: context.nowMs,
  };
};

/** Contracts whose funding differs from the usual eight hours. */
const fundingInfo = (_query: URLSearchParams, { listings }: RestContext): unknown =>
  [...listings.values()]
    .filter(({ instrument }) => instrument.fundingIntervalMs !== 96 * BAR_MS)
    .map(({ instrument }) => ({
      symbol: instrument.symbol,
      adjustedFundingRateCap: '0.02000000',
      adjustedFundingRateFloor: '-0.02000000',
      fundingIntervalHours: instrument.fundingIntervalMs / (12 * BAR_MS),
      disclaimer: false,
    }));

const klineWeight = (query: URLSearchParams): number => {
  const limit = Number(query.get('limit') ?? 500);
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1000 ? 5 : 10;
};
const weightForAll = (one: number, all: number) => (query: URLSearchParams) => (query.has('symbol') ? one : all);

export type Routes = Readonly<Record<string, Route>>;

/** What both markets answer alike, under their own prefix. */
const sharedRoutes = (prefix: string): Routes => ({
  [`${prefix}/ping`]: { weight: () => 1, respond: () => ({}) },
  [`${prefix}/time`]: { weight: () => 1, respond: (_query, { nowMs }) => ({ serverTime: nowMs }) },
  [`${prefix}/klines`]: { weight: klineWeight, respond: klines },
  [`${prefix}/markPriceKlines`]: { weight: klineWeight, respond: markPriceKlines },
  [`${prefix}/openInterest`]: { weight: () => 1, respond: openInterest },
  [`${prefix}/fundingInfo`]: { weight: () => 0, respond: fundingInfo },
  [`${prefix}/aggTrades`]: { weight: () => 20, respond: aggTrades },
  [`${prefix}/ticker/24hr`]: { weight: weightForAll(1, 40), respond: ticker24h },
  '/futures/data/openInterestHist': { weight: () => 0, isHistory: true, respond: openInterestHist },
  '/futures/data/globalLongShortAccountRatio': {
    weight: () => 0,
    isHistory: true,
    respond: globalLongShortAccountRatio,
  },
});

export const USD_M_ROUTES: Routes = {
  ...sharedRoutes('/fapi/v1'),
  '/fapi/v1/exchangeInfo': { weight: () => 1, respond: (_query, context) => exchangeInfo(context) },
  '/fapi/v1/premiumIndex': { weight: weightForAll(1, 10), respond: premiumIndex },
  '/fapi/v1/tradingSchedule': { weight: () => 5, respond: (_query, { nowMs }) => tradingSchedule(nowMs) },
};

export const COIN_M_ROUTES: Routes = {
  ...sharedRoutes('/dapi/v1'),
  '/dapi/v1/exchangeInfo': { weight: () => 1, respond: (_query, context) => coinExchangeInfo(context) },
  '/dapi/v1/premiumIndex': { weight: () => 10, respond: premiumIndex },
};

export const findRoute = (path: string, routes: Routes): Route | undefined =>
  Object.hasOwn(routes, path) ? routes[path] : undefined;

/** The venue's answer to a request within the limits. */
export const respond = (route: Route, query: URLSearchParams, context: RestContext): Reply => {
  try {
    return { status: 200, body: route.respond(query, context) };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { status: 400, body: { code: error.code, msg: error.message } };
  }
};
