import type * as z from 'zod/mini';

import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { JsonClient } from '@/lib/venues/http';
import type { VenueError } from '@/lib/venues/venue';

import { candlesSchema, marksSchema, type CandleRow, type MarkRow } from './rest-wire';

/** Documented as 300 for trades and 100 for marks, of which some say that it is 300 too: whatever comes is taken. */
export const ROWS_PER_PAGE = 300;
/** `candles` reach 1440 bars back; older ones are history's. */
const RECENT_BARS = 1_400;

export const FIVE_MINUTES = { bar: '5m', ms: BAR_MS } as const;
export const ONE_HOUR = { bar: '1H', ms: HOUR_MS } as const;
type Step = typeof FIVE_MINUTES | typeof ONE_HOUR;

export type CandleBudget = 'candles' | 'marks';

interface Kind<Row> {
  readonly paths: readonly [recent: string, older: string];
  readonly schema: z.ZodMiniType<{ data: Row[] }>;
  readonly budget: CandleBudget;
}

const CANDLES: Kind<CandleRow> = {
  paths: ['/api/v5/market/candles', '/api/v5/market/history-candles'],
  schema: candlesSchema,
  budget: 'candles',
};
const MARKS: Kind<MarkRow> = {
  paths: ['/api/v5/market/mark-price-candles', '/api/v5/market/history-mark-price-candles'],
  schema: marksSchema,
  budget: 'marks',
};

type Fetch<Row> = (
  symbol: string,
  span: TimeSpan,
  step: Step,
  signal: AbortSignal,
) => Promise<Result<Row[], VenueError>>;

export interface CandleSource {
  readonly fetchCandles: Fetch<CandleRow>;
  readonly fetchMarks: Fetch<MarkRow>;
}

/** All rows of a span. Pages come newest first and may be shorter than asked for: they are fetched until the start is reached. */
export function createCandleSource(api: JsonClient<CandleBudget>, venueNow: () => number): CandleSource {
  const fetchWith =
    <Row extends CandleRow | MarkRow>({ paths, schema, budget }: Kind<Row>): Fetch<Row> =>
    async (symbol, { startMs, endMs: spanEndMs }, step, signal) => {
      const isRecent = startMs >= venueNow() - RECENT_BARS * step.ms;
      const rows: Row[] = [];
      for (let endMs = spanEndMs; ;) {
        const page = await api.get({
          path: paths[isRecent ? 0 : 1],
          // The venue leaves both ends out.
          query: { instId: symbol, bar: step.bar, after: endMs, before: startMs - 1, limit: ROWS_PER_PAGE },
          schema,
          budget,
          weight: 1,
          signal,
        });
        if (!page.ok) return page;
        rows.push(...page.value.data);
        const oldestMs = page.value.data.reduce((oldest, [timeMs]) => Math.min(oldest, timeMs), Infinity);
        if (oldestMs <= startMs || oldestMs >= endMs) return ok(rows);
        endMs = oldestMs;
      }
    };
  return { fetchCandles: fetchWith(CANDLES), fetchMarks: fetchWith(MARKS) };
}
