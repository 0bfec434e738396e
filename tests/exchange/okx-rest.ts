import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import type { OkxListing } from './okx-listings';
import {
  candleRow,
  formatPrice,
  fundingRow,
  instrumentRow,
  liquidationRow,
  markPriceRow,
  markRow,
  openInterestRow,
  toContracts,
} from './okx-wire';
import type { Reply } from './reply';

interface Context {
  readonly listings: ReadonlyMap<string, OkxListing>;
  readonly nowMs: number;
}
type Route = (query: URLSearchParams, context: Context) => readonly unknown[];

/** What the venue answers with another code than 0. */
class OkxError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const BARS_MS: Readonly<Record<string, number>> = { '1m': MINUTE_MS, '5m': BAR_MS, '1H': HOUR_MS };
const RECENT_BARS = 1440;
const STATISTICS = 1440;
const LIQUIDATIONS_MS = 7 * DAY_MS;

const listingOf = (query: URLSearchParams, { listings }: Context): OkxListing => {
  const listing = listings.get(query.get('instId') ?? '');
  if (listing === undefined)
    throw new OkxError('51001', "Instrument ID, Instrument ID code, or Spread ID doesn't exist.");
  return listing;
};

/** Newest first, between `before` and `after`, both left out. */
const timesOf = (
  query: URLSearchParams,
  names: readonly [newerThan: string, olderThan: string],
  { firstMs, lastMs, stepMs, most }: { firstMs: number; lastMs: number; stepMs: number; most: number },
): number[] => {
  const newerThan = Number(query.get(names[0]) ?? -1);
  const olderThan = Number(query.get(names[1]) ?? Infinity);
  const limit = Math.min(most, Number(query.get('limit') ?? 100));
  const times: number[] = [];
  const start = Math.min(lastMs, floorToStep(Math.min(olderThan, lastMs + 1) - 1, stepMs));
  for (let time = start; time >= firstMs && time > newerThan && times.length < limit; time -= stepMs) times.push(time);
  return times;
};

const candles =
  (kind: 'trades' | 'marks', reach: 'recent' | 'all'): Route =>
  (query, context) => {
    const listing = listingOf(query, context);
    const stepMs = BARS_MS[query.get('bar') ?? '1m'];
    if (stepMs === undefined) throw new OkxError('51000', 'Parameter bar error');
    const { nowMs } = context;
    const lastMs = floorToStep(nowMs, stepMs);
    const listedMs = floorToStep(listing.listedTimeMs, stepMs);
    const firstMs = reach === 'recent' ? Math.max(listedMs, lastMs - (RECENT_BARS - 1) * stepMs) : listedMs;
    const times = timesOf(query, ['before', 'after'], { firstMs, lastMs, stepMs, most: kind === 'marks' ? 100 : 300 });
    const source = listing.source();
    return times.map((openMs) =>
      kind === 'marks'
        ? markRow(source.markRange(openMs, openMs + stepMs, nowMs), openMs + stepMs, nowMs, listing)
        : candleRow(source.candle(openMs, openMs + stepMs, nowMs), openMs + stepMs, nowMs, listing),
    );
  };

const forOneOrAll =
  (row: (listing: OkxListing, nowMs: number) => object, isForAll: (query: URLSearchParams) => boolean): Route =>
  (query, context) => {
    const chosen = isForAll(query) ? [...context.listings.values()] : [listingOf(query, context)];
    return chosen.map((listing) => row(listing, context.nowMs));
  };
const namesNone = (query: URLSearchParams): boolean => !query.has('instId');

const tickerRow = (listing: OkxListing, nowMs: number): object => {
  const untilMs = floorToStep(nowMs, MINUTE_MS) + MINUTE_MS;
  const day = listing.source().candle(Math.max(listing.listedTimeMs, untilMs - DAY_MS), untilMs, nowMs);
  return {
    instType: 'SWAP',
    instId: listing.instrument.symbol,
    last: formatPrice(listing.source().price(nowMs), listing),
    open24h: formatPrice(day.open, listing),
    high24h: formatPrice(day.high, listing),
    low24h: formatPrice(day.low, listing),
    vol24h: toContracts(day.volume, listing),
    ts: String(nowMs),
  };
};

/** Labelled by the start of the period; the newest still runs. */
const openInterestHistory: Route = (query, context) => {
  const listing = listingOf(query, context);
  const lastMs = floorToStep(context.nowMs, BAR_MS);
  const firstMs = Math.max(listing.listedTimeMs, lastMs - (STATISTICS - 1) * BAR_MS);
  return timesOf(query, ['begin', 'end'], { firstMs, lastMs, stepMs: BAR_MS, most: 100 }).map((startMs) => {
    const qty = listing.source().openInterest(Math.min(context.nowMs, startMs + BAR_MS));
    return [String(startMs), toContracts(qty, listing), '0', '0'];
  });
};

/** Labelled by the start of the period, sold before bought; the newest still runs. */
const takerVolume: Route = (query, context) => {
  const listing = listingOf(query, context);
  if (query.get('unit') !== '1') throw new OkxError('51000', 'Parameter unit error');
  const lastMs = floorToStep(context.nowMs, BAR_MS);
  const firstMs = Math.max(floorToStep(listing.listedTimeMs, BAR_MS), lastMs - (STATISTICS - 1) * BAR_MS);
  return timesOf(query, ['begin', 'end'], { firstMs, lastMs, stepMs: BAR_MS, most: 100 }).map((openMs) => {
    const { volume, takerBuyVolume } = listing.source().candle(openMs, openMs + BAR_MS, context.nowMs);
    return [String(openMs), toContracts(volume - takerBuyVolume, listing), toContracts(takerBuyVolume, listing)];
  });
};

const longShortRatio: Route = (query, context) => {
  const timeMs = floorToStep(context.nowMs, BAR_MS);
  listingOf(query, context);
  return [[String(timeMs), (1.4 + 0.5 * Math.sin(timeMs / 4.1e7)).toFixed(4)]];
};

/** Counted in contracts; a tier begins one lot above the one below. */
const positionTiers: Route = (query, context) => {
  const family = query.get('instFamily');
  const listing = [...context.listings.values()].find((each) => each.family === family);
  if (listing === undefined) throw new OkxError('51000', 'Parameter instFamily error');
  const price = listing.type === 'inverse' ? 1 : listing.source().mark(context.nowMs);
  const sizeOf = (notional: number): number =>
    Math.floor(notional / (listing.contractValue * price) / listing.lot) * listing.lot;
  return listing.instrument.tiers.map((tier, index) => ({
    instFamily: listing.family,
    tier: String(index + 1),
    minSz: String(index === 0 ? 0 : sizeOf(tier.notionalFloor) + listing.lot),
    maxSz: String(sizeOf(tier.notionalCap)),
    mmr: String(tier.maintenanceMarginRate),
    imr: String(1 / tier.maxLeverage),
    maxLever: String(tier.maxLeverage),
    uly: listing.family,
  }));
};

/** All of the last days, whatever limit is asked for, newest first. */
const liquidationOrders: Route = (query, { listings, nowMs }) => {
  const listing = [...listings.values()].find((each) => each.family === query.get('uly'));
  if (listing === undefined) throw new OkxError('51000', 'Parameter uly error');
  const fromMs = Math.max(nowMs - LIQUIDATIONS_MS, Number(query.get('before') ?? 0) + 1);
  const toMs = Math.min(nowMs, Number(query.get('after') ?? Infinity));
  return [liquidationRow(listing.source().liquidations(fromMs, toMs, 'full').toReversed(), listing)];
};

/** Swaps that nobody can follow: one in euro, one sized in what it is not settled in. */
const ODD_ROWS: readonly object[] = [
  { ctType: 'linear', ctVal: '0.01', ctValCcy: 'BTC', instFamily: 'BTC-EUR', instId: 'BTC-EUR-SWAP' },
  { ctType: 'inverse', ctVal: '1', ctValCcy: 'BTC', instFamily: 'BTC-USD', instId: 'BTC-USD_ODD-SWAP' },
].map((row) => ({ ...row, instType: 'SWAP', ctMult: '1', lotSz: '1', tickSz: '0.1', listTime: '0', state: 'live' }));
export const ODD_SWAPS = ['BTC-EUR-SWAP', 'BTC-USD_ODD-SWAP'];

const ROUTES: Readonly<Record<string, { readonly most: number; readonly respond: Route }>> = {
  '/api/v5/public/time': { most: 10, respond: (_query, { nowMs }) => [{ ts: String(nowMs) }] },
  '/api/v5/public/instruments': {
    most: 20,
    respond: (_query, { listings }) => [...[...listings.values()].map(instrumentRow), ...ODD_ROWS],
  },
  '/api/v5/market/candles': { most: 40, respond: candles('trades', 'recent') },
  '/api/v5/market/history-candles': { most: 20, respond: candles('trades', 'all') },
  '/api/v5/market/mark-price-candles': { most: 20, respond: candles('marks', 'recent') },
  '/api/v5/market/history-mark-price-candles': { most: 10, respond: candles('marks', 'all') },
  '/api/v5/market/tickers': { most: 20, respond: forOneOrAll(tickerRow, namesNone) },
  '/api/v5/public/open-interest': { most: 20, respond: forOneOrAll(openInterestRow, namesNone) },
  '/api/v5/public/mark-price': { most: 10, respond: forOneOrAll(markPriceRow, namesNone) },
  '/api/v5/public/funding-rate': {
    most: 10,
    respond: forOneOrAll(fundingRow, (query) => query.get('instId') === 'ANY'),
  },
  '/api/v5/public/position-tiers': { most: 10, respond: positionTiers },
  '/api/v5/public/liquidation-orders': { most: 40, respond: liquidationOrders },
  '/api/v5/rubik/stat/contracts/open-interest-history': { most: 10, respond: openInterestHistory },
  '/api/v5/rubik/stat/taker-volume-contract': { most: 5, respond: takerVolume },
  '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract': { most: 5, respond: longShortRatio },
};

/** Requests of an endpoint in two seconds. */
export const mostOfOkx = (path: string): number => (Object.hasOwn(ROUTES, path) ? ROUTES[path].most : 20);

export const respondOkx = (url: URL, context: Context): Reply => {
  if (!Object.hasOwn(ROUTES, url.pathname)) return { status: 404, body: { code: '50404', msg: 'Not Found', data: [] } };
  try {
    const data = ROUTES[url.pathname].respond(url.searchParams, context);
    return { status: 200, body: { code: '0', msg: '', data } };
  } catch (error) {
    if (!(error instanceof OkxError)) throw error;
    return { status: 200, body: { code: error.code, msg: error.message, data: [] } };
  }
};
