import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import type { GateListing } from './gate-listings';
import {
  candleRow,
  contractRow,
  formatMark,
  formatPrice,
  liquidatedOrder,
  markCandleRow,
  seconds,
  tierRows,
  toSize,
} from './gate-wire';
import type { Reply } from './reply';

export interface GateRest {
  readonly listings: ReadonlyMap<string, GateListing>;
  /** Venue time. */
  readonly nowMs: number;
}

type Respond = (query: URLSearchParams, rest: GateRest) => Reply;

const FUTURES = '/api/v4/futures/usdt';
const MOST_CANDLES = 2000;
const MOST_POINTS_BACK = 10_000;
const LONGEST_LIQUIDATIONS_MS = HOUR_MS;
const INTERVALS_MS: Readonly<Record<string, number>> = { '1m': 60_000, '5m': BAR_MS, '1h': HOUR_MS, '1d': DAY_MS };
/** Statistics of a moment appear so long after it. */
const STATS_DELAY_MS = 3_000;

const ok = (body: unknown): Reply => ({ status: 200, body });
const refuse = (label: string, message: string): Reply => ({ status: 400, body: { label, message } });
const NO_CONTRACT = refuse('CONTRACT_NOT_FOUND', 'contract not found');
const invalid = (message: string): Reply => refuse('INVALID_PARAM_VALUE', message);

const numberOf = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  return text === null ? undefined : Number(text);
};

const candlesticks: Respond = (query, { listings, nowMs }) => {
  const asked = query.get('contract') ?? '';
  const isMark = asked.startsWith('mark_');
  const listing = listings.get(asked.replace(/^mark_/, ''));
  const intervalMs = INTERVALS_MS[query.get('interval') ?? '5m'];
  if (listing === undefined) return NO_CONTRACT;
  if (intervalMs === undefined) return invalid('Invalid interval');
  const [from, to, limit] = ['from', 'to', 'limit'].map((name) => numberOf(query, name));
  if (limit !== undefined && (from !== undefined || to !== undefined)) return invalid('limit conflicts with from/to');
  const endMs = Math.min((to ?? seconds(nowMs)) * 1000, nowMs);
  const startMs = from === undefined ? endMs - ((limit ?? 100) - 1) * intervalMs : from * 1000;
  if ((endMs - startMs) / intervalMs > MOST_CANDLES) return invalid('Too many data points requested');
  if (startMs < nowMs - MOST_POINTS_BACK * intervalMs)
    return invalid('Candlestick too long ago. Maximum 10000 points recently are allowed');
  const first = Math.max(Math.ceil(startMs / intervalMs), Math.ceil(listing.listedTimeMs / intervalMs)) * intervalMs;
  const rows: object[] = [];
  for (let openMs = first; openMs <= endMs; openMs += intervalMs) {
    const [source, closeMs] = [listing.source(), openMs + intervalMs];
    rows.push(
      isMark
        ? markCandleRow(source.markRange(openMs, closeMs, nowMs), listing)
        : candleRow(source.candle(openMs, closeMs, nowMs), listing),
    );
  }
  return ok(rows);
};

const statRow = (listing: GateListing, openMs: number, nowMs: number): object => {
  const source = listing.source();
  const markPrice = source.mark(openMs);
  const openInterest = source.openInterest(openMs);
  const sums = { long: 0, short: 0 };
  for (const event of source.liquidations(openMs, Math.min(openMs + BAR_MS, nowMs), 'full'))
    sums[event.positionSide] += event.qty;
  const { volume, takerBuyVolume } = source.candle(openMs, openMs + BAR_MS, nowMs);
  const longShare = 0.55 + 0.1 * Math.sin(openMs / 4.1e7);
  return {
    time: seconds(openMs),
    lsr_taker: Number((takerBuyVolume / (volume - takerBuyVolume)).toFixed(6)),
    long_taker_size: toSize(takerBuyVolume, listing),
    short_taker_size: toSize(volume - takerBuyVolume, listing),
    lsr_account: longShare / (1 - longShare),
    long_liq_size: toSize(sums.long, listing),
    long_liq_amount: sums.long,
    long_liq_usd: sums.long * markPrice,
    long_liq_usd_new: sums.long * markPrice,
    short_liq_size: toSize(sums.short, listing),
    short_liq_amount: sums.short,
    short_liq_usd: sums.short * markPrice,
    short_liq_usd_new: sums.short * markPrice,
    open_interest: toSize(openInterest, listing),
    open_interest_usd: openInterest * markPrice,
    top_lsr_account: 1,
    top_lsr_size: '1',
    mark_price: markPrice,
  };
};

const contractStats: Respond = (query, { listings, nowMs }) => {
  const listing = listings.get(query.get('contract') ?? '');
  if (listing === undefined) return NO_CONTRACT;
  if ((query.get('interval') ?? '5m') !== '5m') return invalid('Invalid interval');
  const limit = numberOf(query, 'limit') ?? 30;
  const newest = floorToStep(nowMs - STATS_DELAY_MS, BAR_MS);
  const from = numberOf(query, 'from');
  const startMs = from === undefined ? newest - (limit - 1) * BAR_MS : Math.ceil((from * 1000) / BAR_MS) * BAR_MS;
  const rows: object[] = [];
  for (let openMs = Math.max(startMs, listing.listedTimeMs); openMs <= newest && rows.length < limit; openMs += BAR_MS)
    if (!Number.isNaN(listing.source().openInterest(openMs))) rows.push(statRow(listing, openMs, nowMs));
  return ok(rows);
};

/** Newest first. */
const liqOrders: Respond = (query, { listings, nowMs }) => {
  const listing = listings.get(query.get('contract') ?? '');
  if (listing === undefined) return NO_CONTRACT;
  const to = numberOf(query, 'to') ?? seconds(nowMs);
  const from = numberOf(query, 'from') ?? to - 3600;
  if ((to - from) * 1000 > LONGEST_LIQUIDATIONS_MS) return invalid('range from/to must in 1 hour');
  const limit = Math.min(numberOf(query, 'limit') ?? 100, 1000);
  const events = listing.source().liquidations(from * 1000, Math.min((to + 1) * 1000, nowMs), 'full');
  return ok(
    events
      .toReversed()
      .slice(0, limit)
      .map((event) => liquidatedOrder(event, listing)),
  );
};

const tickers: Respond = (_query, { listings, nowMs }) =>
  ok(
    [...listings.values()].map((listing) => {
      const source = listing.source();
      const endMs = floorToStep(nowMs, 60_000) + 60_000;
      const day = source.candle(Math.max(listing.listedTimeMs, endMs - 60_000 - DAY_MS), endMs, nowMs);
      return {
        contract: listing.instrument.symbol,
        last: formatPrice(day.close, listing),
        low_24h: formatPrice(day.low, listing),
        high_24h: formatPrice(day.high, listing),
        change_percentage: ((day.close / day.open - 1) * 100).toFixed(4),
        total_size: String(toSize(source.openInterest(nowMs), listing)),
        volume_24h: String(toSize(day.volume, listing)),
        volume_24h_base: day.volume.toFixed(4),
        volume_24h_quote: day.quoteVolume.toFixed(2),
        volume_24h_settle: day.quoteVolume.toFixed(2),
        mark_price: formatMark(source.mark(nowMs), listing),
        index_price: formatMark(source.mark(nowMs), listing),
        funding_rate: '0.0001',
        funding_rate_indicative: '0.0001',
        quanto_base_rate: '',
      };
    }),
  );

const riskLimitTiers: Respond = (query, { listings }) => {
  const listing = listings.get(query.get('contract') ?? '');
  return listing === undefined ? NO_CONTRACT : ok(tierRows(listing));
};

const ROUTES: Readonly<Record<string, Respond>> = {
  '/api/v4/spot/time': (_query, { nowMs }) => ok({ server_time: nowMs }),
  [`${FUTURES}/contracts`]: (_query, { listings, nowMs }) =>
    ok([...listings.values()].map((listing) => contractRow(listing, nowMs))),
  [`${FUTURES}/candlesticks`]: candlesticks,
  [`${FUTURES}/contract_stats`]: contractStats,
  [`${FUTURES}/liq_orders`]: liqOrders,
  [`${FUTURES}/risk_limit_tiers`]: riskLimitTiers,
  [`${FUTURES}/tickers`]: tickers,
};

const CONTRACT_PATH = new RegExp(`^${FUTURES}/contracts/(\\w+)$`);

/** The venue's answer to a request within the limits. */
export const respondGate = (url: URL, rest: GateRest): Reply => {
  const symbol = CONTRACT_PATH.exec(url.pathname)?.[1];
  if (symbol !== undefined) {
    const listing = rest.listings.get(symbol);
    return listing === undefined ? NO_CONTRACT : ok(contractRow(listing, rest.nowMs));
  }
  const respond = Object.hasOwn(ROUTES, url.pathname) ? ROUTES[url.pathname] : undefined;
  return respond === undefined
    ? { status: 404, body: { label: 'NOT_FOUND', message: 'not found' } }
    : respond(url.searchParams, rest);
};
