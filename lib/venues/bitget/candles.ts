import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { JsonClient } from '@/lib/venues/http';
import type { VenueError } from '@/lib/venues/venue';

import { barFromCandle, candlesSchema } from './rest-wire';

export const RECENT_PER_PAGE = 1000;
const OLD_PER_PAGE = 200;
/** `candles` reach a month back at five minutes and 83 days at an hour; what is older has endpoints of its own. */
const RECENT_MS = { '5m': 29 * DAY_MS, '1H': 80 * DAY_MS };
const STEPS = { '5m': BAR_MS, '1H': HOUR_MS } as const;

type Granularity = keyof typeof STEPS;

export interface CandleSource {
  /** One page from the span's start on. */
  readonly pageOf: (span: TimeSpan, granularity: Granularity) => TimeSpan;
  /** Of such a page. */
  readonly fetchCandles: (
    kind: 'MARKET' | 'MARK',
    symbol: string,
    page: TimeSpan,
    granularity: Granularity,
    signal: AbortSignal,
  ) => Promise<Result<Bar[], VenueError>>;
}

/** Young candles come from one endpoint, older ones from another with smaller pages; `venueNow` decides which. */
export function createCandleSource(
  api: JsonClient<'market'>,
  product: { readonly productType: string },
  venueNow: Clock,
): CandleSource {
  const isRecent = (startMs: number, granularity: Granularity): boolean =>
    startMs >= venueNow() - RECENT_MS[granularity];

  return {
    pageOf({ startMs, endMs }, granularity) {
      const most = isRecent(startMs, granularity) ? RECENT_PER_PAGE : OLD_PER_PAGE;
      return { startMs, endMs: Math.min(endMs, startMs + most * STEPS[granularity]) };
    },

    async fetchCandles(kind, symbol, { startMs, endMs }, granularity, signal) {
      const query = { ...product, symbol, granularity, startTime: startMs, endTime: endMs };
      const recent = {
        path: '/api/v2/mix/market/candles',
        query: { ...query, kLineType: kind, limit: RECENT_PER_PAGE },
      };
      const old = {
        path: kind === 'MARK' ? '/api/v2/mix/market/history-mark-candles' : '/api/v2/mix/market/history-candles',
        query: { ...query, limit: OLD_PER_PAGE },
      };
      const page = isRecent(startMs, granularity) ? recent : old;
      const result = await api.get({ ...page, schema: candlesSchema, budget: 'market', weight: 1, signal });
      return result.ok ? ok(result.value.data.map(barFromCandle)) : result;
    },
  };
}
