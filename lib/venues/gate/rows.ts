import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { JsonClient } from '@/lib/venues/http';
import type { VenueError } from '@/lib/venues/venue';
import { ascending } from '@/lib/venues/wire';

import { ORDERS_PER_PAGE, type FetchOrders } from './liquidated-orders';
import { candlesSchema, liquidatedOrdersSchema, statsSchema, type Candle, type Stat } from './rest-wire';

export const STATS_PER_PAGE = 500;

type Fetch<Row> = (symbol: string, span: TimeSpan, signal: AbortSignal) => Promise<Result<readonly Row[], VenueError>>;

/** What the venue tells of spans of time, a page at most. */
export interface RowSource {
  readonly fetchCandles: (
    symbol: string,
    interval: '1m' | '5m' | '1h',
    span: TimeSpan,
    signal: AbortSignal,
  ) => Promise<Result<readonly Candle[], VenueError>>;
  /** Of five minutes each. */
  readonly fetchStats: Fetch<Stat>;
  readonly fetchOrders: FetchOrders;
}

const seconds = (timeMs: number): number => Math.floor(timeMs / SECOND_MS);

/** All from the one budget of the address; times go to the venue in seconds. */
export function createRowSource(api: JsonClient<'requests'>): RowSource {
  const one = { budget: 'requests', weight: 1 } as const;
  // `limit` is refused beside `from` and `to`, both of which are included.
  const within = ({ startMs, endMs }: TimeSpan) => ({ from: seconds(startMs), to: seconds(endMs - 1) });
  return {
    fetchCandles: (contract, interval, span, signal) =>
      api.get({
        ...one,
        path: '/api/v4/futures/usdt/candlesticks',
        query: { contract, interval, ...within(span) },
        schema: candlesSchema,
        signal,
      }),

    async fetchStats(contract, { startMs, endMs }, signal) {
      const result = await api.get({
        ...one,
        path: '/api/v4/futures/usdt/contract_stats',
        query: { contract, interval: '5m', from: seconds(startMs), limit: STATS_PER_PAGE },
        schema: statsSchema,
        signal,
      });
      if (!result.ok) return result;
      const rows = ascending(result.value, (row) => row.time);
      return ok(rows.filter(({ time }) => time % BAR_MS === 0 && time >= startMs && time < endMs));
    },

    fetchOrders: (contract, span, signal) =>
      api.get({
        ...one,
        path: '/api/v4/futures/usdt/liq_orders',
        query: { contract, ...within(span), limit: ORDERS_PER_PAGE },
        schema: liquidatedOrdersSchema,
        signal,
      }),
  };
}
