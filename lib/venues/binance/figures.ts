import { ok } from '@/lib/core/result';
import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { BarClock } from '@/lib/venues/bar-clock';
import type { ListCache } from '@/lib/venues/list-cache';
import type { RequestHealth } from '@/lib/venues/request-health';
import type { Venue } from '@/lib/venues/venue';
import { ascending } from '@/lib/venues/wire';

import type { BinanceApi } from './budgets';
import type { ContractSizes } from './contract-sizes';
import type { BinanceProduct } from './product';
import * as wire from './rest-wire';
import { tickersFrom } from './tickers';

const TICKERS_WEIGHT = 40;
const ALL_PREMIUMS_WEIGHT = 10;
const POINTS_PER_PAGE = 500;

/** Unless the venue lists another for the contract. */
const FUNDING_INTERVAL_MS = 8 * HOUR_MS;

type Figures = Pick<
  Venue,
  | 'fetchOpenInterest'
  | 'fetchSnapshot'
  | 'fetchOpenInterestNow'
  | 'fetchLongShortRatio'
  | 'fetchTickers'
  | 'openInterestPerPage'
>;

/** Open interest with its history, and figures of now: of one contract, and of all. */
export function createFigures(
  product: BinanceProduct,
  api: BinanceApi,
  sizes: ContractSizes,
  /** By contract; of those that differ from the rule. */
  fundingIntervals: ListCache<ReadonlyMap<string, number>>,
  clock: BarClock,
  requests: RequestHealth,
): Figures {
  const { paths } = product;

  const fetchInterest = (symbol: string, signal: AbortSignal) =>
    api.get({
      path: paths.openInterest,
      query: { symbol },
      schema: wire.openInterestSchema,
      budget: 'weight',
      weight: 1,
      signal,
    });

  const fundingIntervalOf = async (symbol: string): Promise<number | null> => {
    const intervals = await fundingIntervals.read();
    return intervals === null ? null : (intervals.get(symbol) ?? FUNDING_INTERVAL_MS);
  };

  return {
    openInterestPerPage: POINTS_PER_PAGE,

    fetchOpenInterest: (symbol, span, signal) =>
      requests.track('openInterest', async () => {
        // Exactly one page's span: from which end a longer one would be cut is not documented.
        const endMs = Math.min(span.endMs, span.startMs + POINTS_PER_PAGE * BAR_MS);
        const page = { period: '5m', startTime: span.startMs, endTime: endMs - 1, limit: POINTS_PER_PAGE };
        const [result, size] = await Promise.all([
          api.get({
            path: '/futures/data/openInterestHist',
            query: { ...product.openInterestQuery(symbol), ...page },
            schema: wire.openInterestHistSchema,
            budget: 'data',
            weight: 1,
            signal,
          }),
          sizes.read(symbol),
        ]);
        if (!result.ok) return result;
        const points = ascending(
          result.value.map((row) => wire.pointFromHistory(row, size)),
          (point) => point.timeMs,
        );
        return ok(points.filter(({ timeMs }) => timeMs % BAR_MS === 0 && timeMs >= span.startMs && timeMs < endMs));
      }),

    async fetchSnapshot(symbol, signal) {
      const base = { query: { symbol }, budget: 'weight', signal } as const;
      const [interest, premiums, fundingIntervalMs, size] = await Promise.all([
        requests.track('openInterest', () => fetchInterest(symbol, signal)),
        api.get({
          ...base,
          path: paths.premiumIndex,
          weight: product.premiumWeight,
          schema: wire.premiumIndexSchema,
        }),
        fundingIntervalOf(symbol),
        sizes.read(symbol),
      ]);
      if (!interest.ok && !premiums.ok) return interest;
      const premium = premiums.ok ? [premiums.value].flat()[0] : null;
      if (premium !== null) clock.observe(premium.time);
      return ok(wire.snapshotFrom(interest.ok ? interest.value : null, premium, fundingIntervalMs, size));
    },

    fetchOpenInterestNow: (symbol, signal) =>
      requests.track('openInterest', async () => {
        const [result, size] = await Promise.all([fetchInterest(symbol, signal), sizes.read(symbol)]);
        return result.ok ? ok(result.value.openInterest * size) : result;
      }),

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        path: '/futures/data/globalLongShortAccountRatio',
        query: { ...product.ratioQuery(symbol), period: '5m', limit: 1 },
        schema: wire.longShortSchema,
        budget: 'data',
        weight: 1,
        signal,
      });
      return result.ok ? ok(result.value.at(-1)?.longShortRatio ?? null) : result;
    },

    async fetchTickers(signal) {
      const base = { query: {}, schema: wire.rowsSchema, budget: 'weight', signal } as const;
      const [tickers, premiums, intervals] = await Promise.all([
        api.get({ ...base, path: paths.ticker, weight: TICKERS_WEIGHT }),
        api.get({ ...base, path: paths.premiumIndex, weight: ALL_PREMIUMS_WEIGHT }),
        fundingIntervals.read(),
      ]);
      const intervalOf = (symbol: string) =>
        intervals === null ? NaN : (intervals.get(symbol) ?? FUNDING_INTERVAL_MS);
      if (!tickers.ok) return tickers;
      const rows = premiums.ok ? premiums.value : [];
      return ok(tickersFrom(tickers.value, rows, product.settlement, sizes.now, intervalOf));
    },
  };
}
