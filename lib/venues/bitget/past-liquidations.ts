import type * as z from 'zod/mini';

import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import type { Liquidation } from '@/lib/market/liquidation';
import type { VenueError } from '@/lib/venues/venue';

import { liquidationFrom, type LiquidationRow, type liquidationsSchema } from './rest-wire';

/** Of a hundred each: a busy contract's day fits. */
const MAX_PAGES = 20;

/** The venue pages newest first by a cursor, without times: it is followed back until the range's start is reached. */
export async function fetchPastLiquidations(
  { startMs, endMs }: TimeSpan,
  fetchPage: (cursor: string | null) => Promise<Result<z.infer<typeof liquidationsSchema>, VenueError>>,
): Promise<Result<Liquidation[], VenueError>> {
  const rows: LiquidationRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await fetchPage(cursor);
    if (!result.ok) return result;
    const { list, cursor: next } = result.value.data;
    rows.push(...list);
    const hasReached = list.some((row) => row.ts < startMs);
    if (hasReached || list.length === 0 || !next || next === cursor) break;
    cursor = next;
  }
  return ok(
    rows
      .filter(({ ts }) => ts >= startMs && ts < endMs)
      .map(liquidationFrom)
      .sort((a, b) => a.timeMs - b.timeMs),
  );
}
