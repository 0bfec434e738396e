import type { TimeSpan } from '@/lib/core/ranges';
import { mapOk, ok, type Result } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { BarClock } from '@/lib/venues/bar-clock';
import { minutesOfBars } from '@/lib/venues/bar-minutes';
import { joinBarPage } from '@/lib/venues/bar-page';
import type { RequestHealth } from '@/lib/venues/request-health';
import type { Venue, VenueError } from '@/lib/venues/venue';

import type { BinanceApi } from './budgets';
import type { ContractSizes } from './contract-sizes';
import type { BinanceProduct } from './product';
import * as wire from './rest-wire';

const FIVE_MINUTES = { interval: '5m', stepMs: BAR_MS, limit: 1500 } as const;
const MINUTES = { interval: '1m', stepMs: MINUTE_MS, limit: 1500 } as const;
const HOURS = { interval: '1h', stepMs: HOUR_MS, limit: 1000 } as const;
type Page = typeof FIVE_MINUTES | typeof MINUTES | typeof HOURS;

/** Klines cost by the page that is asked for. */
const klineWeight = (limit: number): number => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10);

type BarSource = Pick<Venue, 'fetchBars' | 'fetchHourlyBars' | 'barsPerPage'> & Required<Pick<Venue, 'minutes'>>;

/** Bars of five minutes with their mark prices, their minutes, and bars of an hour. */
export function createBarSource(
  api: BinanceApi,
  paths: BinanceProduct['paths'],
  sizes: ContractSizes,
  clock: BarClock,
  requests: RequestHealth,
): BarSource {
  const fetchKlines = (
    path: string,
    symbol: string,
    span: TimeSpan,
    page: Page,
    signal: AbortSignal,
  ): Promise<Result<wire.KlineRow[], VenueError>> => {
    // Of a longer range COIN-M answers the end, where a page must be its beginning.
    const endMs = Math.min(span.endMs, span.startMs + page.limit * page.stepMs);
    const limit = Math.max(1, Math.ceil((endMs - span.startMs) / page.stepMs));
    const query = { symbol, interval: page.interval, startTime: span.startMs, endTime: endMs - 1, limit };
    const weight = klineWeight(limit);
    return api.get({ path, query, schema: wire.klinesSchema, budget: 'weight', weight, signal });
  };

  const fetchRows = async (
    symbol: string,
    span: TimeSpan,
    page: Page,
    signal: AbortSignal,
  ): Promise<Result<Bar[], VenueError>> => {
    const [klines, size] = await Promise.all([
      fetchKlines(paths.klines, symbol, span, page, signal),
      sizes.read(symbol),
    ]);
    return mapOk(klines, (rows) => rows.map((row) => wire.barFromKline(row, size)));
  };

  const fetchClosed = async (
    symbol: string,
    span: TimeSpan,
    page: Page,
    signal: AbortSignal,
  ): Promise<Result<Bar[], VenueError>> =>
    mapOk(await fetchRows(symbol, span, page, signal), (bars) => clock.closed(bars, span, page.stepMs));

  const fetchMarks = async (symbol: string, span: TimeSpan, signal: AbortSignal) =>
    mapOk(await fetchKlines(paths.markPriceKlines, symbol, span, FIVE_MINUTES, signal), (rows) =>
      rows.map((row) => wire.barFromKline(row, 1)),
    );

  return {
    barsPerPage: FIVE_MINUTES.limit,

    fetchBars: (symbol, span, signal) =>
      requests.track(
        'history',
        () => {
          const bars = fetchRows(symbol, span, FIVE_MINUTES, signal);
          return joinBarPage({ bars, marks: fetchMarks(symbol, span, signal) }, span, clock);
        },
        span.endMs - span.startMs > HOUR_MS,
      ),

    minutes: {
      barsPerPage: (MINUTES.limit * MINUTE_MS) / BAR_MS,
      reachMs: Infinity,
      fetch: (symbol, span, signal) =>
        requests.track('history', async () => {
          const minutes = await fetchClosed(symbol, span, MINUTES, signal);
          return minutes.ok ? ok(minutesOfBars(minutes.value)) : minutes;
        }),
    },

    fetchHourlyBars: (symbol, span, signal) =>
      requests.track('history', () => fetchClosed(symbol, span, HOURS, signal)),
  };
}
