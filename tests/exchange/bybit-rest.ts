import { floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import type { BybitListing, Category } from './bybit-listings';
import { instrumentRow, klineRow, markRow, tickerRow, tierRows } from './bybit-wire';
import type { Reply } from './reply';

export interface RestContext {
  readonly listings: ReadonlyMap<string, BybitListing>;
  /** Venue time. */
  readonly nowMs: number;
}

/** What the venue answers with code 10001; thrown by the readers below. */
class ParamsError extends Error {}

const INTERVALS_MS: Readonly<Record<string, number>> = {
  '1': MINUTE_MS,
  '5': BAR_MS,
  '15': 3 * BAR_MS,
  '60': HOUR_MS,
  '240': 4 * HOUR_MS,
  D: 24 * HOUR_MS,
};
const PERIODS_MS: Readonly<Record<string, number>> = { '5min': BAR_MS, '15min': 3 * BAR_MS, '1h': HOUR_MS };
/** Contracts on a page of risk limits, and of instruments where the client sets no limit. */
const SYMBOLS_PER_RISK_PAGE = 15;
const INSTRUMENTS_PER_PAGE = 500;
/** Statistics of a moment appear some seconds after it. */
const STATISTIC_DELAY_MS = 5_000;

const readCategory = (query: URLSearchParams): Category => {
  const category = query.get('category');
  if (category !== 'linear' && category !== 'inverse') throw new ParamsError('params error: Category is invalid');
  return category;
};
const readListing = (query: URLSearchParams, { listings }: RestContext): BybitListing => {
  const listing = listings.get(query.get('symbol') ?? '');
  if (listing?.category !== readCategory(query)) throw new ParamsError('params error: Symbol Is Invalid');
  return listing;
};
const readStep = (text: string | null, steps: Readonly<Record<string, number>>): number => {
  const step = steps[text ?? ''];
  if (step === undefined) throw new ParamsError('params error: Invalid period!');
  return step;
};
const readCount = (query: URLSearchParams, usual: number, most: number): number => {
  const limit = Number(query.get('limit') ?? usual);
  if (!(limit >= 1 && limit <= most)) throw new ParamsError('params error: Limit is invalid');
  return limit;
};

/** Moments in [start, end], newest first: of too many the newest. */
const times = (
  query: URLSearchParams,
  names: readonly [string, string],
  stepMs: number,
  limit: number,
  lastMs: number,
  firstMs: number,
): number[] => {
  const [start, end] = names.map((name) => query.get(name));
  const from = Math.max(firstMs, start === null ? 0 : Math.ceil(Number(start) / stepMs) * stepMs);
  const found: number[] = [];
  let time = floorToStep(Math.min(end === null ? lastMs : Number(end), lastMs), stepMs);
  for (; time >= from && found.length < limit; time -= stepMs) found.push(time);
  return found;
};

const candleTimes = (query: URLSearchParams, listing: BybitListing, nowMs: number, stepMs: number): number[] =>
  times(query, ['start', 'end'], stepMs, readCount(query, 200, 1000), nowMs, floorToStep(listing.listedTimeMs, stepMs));

type Answer = (query: URLSearchParams, context: RestContext) => object;

const candles =
  (row: (listing: BybitListing, openMs: number, endMs: number, nowMs: number) => string[]): Answer =>
  (query, context) => {
    const listing = readListing(query, context);
    const stepMs = readStep(query.get('interval'), INTERVALS_MS);
    const openTimes = candleTimes(query, listing, context.nowMs, stepMs);
    const list = openTimes.map((openMs) => row(listing, openMs, openMs + stepMs, context.nowMs));
    return { symbol: listing.instrument.symbol, category: listing.category, list };
  };

const statistics =
  (period: string, most: number, row: (listing: BybitListing, timeMs: number) => object): Answer =>
  (query, context) => {
    const listing = readListing(query, context);
    const stepMs = readStep(query.get(period), PERIODS_MS);
    const limit = readCount(query, 50, most);
    const lastMs = context.nowMs - STATISTIC_DELAY_MS;
    const found = times(query, ['startTime', 'endTime'], stepMs, limit, lastMs, listing.listedTimeMs);
    return { symbol: listing.instrument.symbol, list: found.map((timeMs) => row(listing, timeMs)), nextPageCursor: '' };
  };

/** A stretch of a category's contracts; the cursor is where the next one begins. */
const page = (query: URLSearchParams, { listings }: RestContext, size: number) => {
  const category = readCategory(query);
  const symbol = query.get('symbol');
  const all = [...listings.values()].filter(
    (each) => each.category === category && (symbol === null || each.instrument.symbol === symbol),
  );
  const from = Number(query.get('cursor') ?? 0);
  const nextPageCursor = from + size < all.length ? String(from + size) : '';
  return { category, members: all.slice(from, from + size), nextPageCursor };
};

/** The perpetuals, and on the last page a dated future that nobody can follow. */
const instruments: Answer = (query, context) => {
  const { category, members, nextPageCursor } = page(query, context, readCount(query, INSTRUMENTS_PER_PAGE, 1000));
  const list: object[] = members.map(instrumentRow);
  const bitcoin = context.listings.get(category === 'linear' ? 'BTCUSDT' : 'BTCUSD');
  if (bitcoin !== undefined && nextPageCursor === '' && query.get('symbol') === null) list.push(datedFuture(bitcoin));
  return { category, list, nextPageCursor };
};

const datedFuture = (perpetual: BybitListing): object => ({
  ...instrumentRow(perpetual),
  symbol: DATED_SYMBOLS[perpetual.category],
  contractType: perpetual.category === 'linear' ? 'LinearFutures' : 'InverseFutures',
});
const DATED_SYMBOLS: Readonly<Record<Category, string>> = { linear: 'BTCUSDT-25DEC26', inverse: 'BTCUSDZ26' };

const tickers: Answer = (query, context) => {
  const { category, members } = page(query, context, Infinity);
  if (members.length === 0) throw new ParamsError('params error: symbol invalid');
  const list = members.map((listing) => tickerRow(listing, context.nowMs));
  const dated = { ...list[0], symbol: DATED_SYMBOLS[category], fundingRate: '', nextFundingTime: '0' };
  return { category, list: query.has('symbol') ? list : [...list, dated] };
};

const ROUTES: Readonly<Record<string, Answer>> = {
  '/v5/market/time': (_query, { nowMs }) => ({
    timeSecond: String(Math.floor(nowMs / 1000)),
    timeNano: `${nowMs}000000`,
  }),
  '/v5/market/instruments-info': instruments,
  '/v5/market/tickers': tickers,
  '/v5/market/kline': candles((listing, openMs, endMs, nowMs) =>
    klineRow(listing.source().candle(openMs, endMs, nowMs), listing),
  ),
  '/v5/market/mark-price-kline': candles((listing, openMs, endMs, nowMs) =>
    markRow(listing.source().markRange(openMs, endMs, nowMs)),
  ),
  '/v5/market/open-interest': statistics('intervalTime', 200, (listing, timeMs) => {
    const openInterest = listing.source().openInterest(timeMs);
    const format = (qty: number): string => qty.toFixed(8);
    return {
      openInterest: format(2 * openInterest),
      singleOpenInterest: format(openInterest),
      timestamp: String(timeMs),
    };
  }),
  '/v5/market/account-ratio': statistics('period', 500, ({ instrument }, timeMs) => {
    const buyRatio = 0.56 + 0.1 * Math.sin(timeMs / 4.7e7);
    return {
      symbol: instrument.symbol,
      buyRatio: buyRatio.toFixed(4),
      sellRatio: (1 - buyRatio).toFixed(4),
      timestamp: String(timeMs),
    };
  }),
  '/v5/market/risk-limit': (query, context) => {
    const { category, members, nextPageCursor } = page(query, context, SYMBOLS_PER_RISK_PAGE);
    return { category, list: members.flatMap(tierRows), nextPageCursor };
  },
};

export const envelope = (retCode: number, retMsg: string, result: object, nowMs: number): object => ({
  retCode,
  retMsg,
  result,
  retExtInfo: {},
  time: nowMs,
});

export const respond = (url: URL, context: RestContext): Reply => {
  if (!Object.hasOwn(ROUTES, url.pathname))
    return { status: 404, body: '<html><body>404 page not found</body></html>' };
  try {
    const result = ROUTES[url.pathname](url.searchParams, context);
    return { status: 200, body: envelope(0, 'OK', result, context.nowMs) };
  } catch (error) {
    if (!(error instanceof ParamsError)) throw error;
    return { status: 200, body: envelope(10001, error.message, {}, context.nowMs) };
  }
};
