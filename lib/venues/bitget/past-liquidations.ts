import type * as z from 'zod/mini';

import { cause } from '@/lib/core/cause';
import type { TimeSpan } from '@/lib/core/ranges';
import { err, ok, type Result } from '@/lib/core/result';
import type { Liquidation } from '@/lib/market/liquidation';
import type { VenueError } from '@/lib/venues/venue';

import { liquidationFrom, type LiquidationRow, type liquidationsSchema } from './rest-wire';

/** Of a hundred each: a busy contract's day fits. */
const MAX_PAGES = 20;

const TOO_MANY: VenueError = {
  kind: 'http',
  message: cause('tooMany', { venue: 'Bitget' }),
  detail: `/api/v3/market/liquidations: ${MAX_PAGES} pages end after the range`,
  retryAtMs: null,
};

/**
 * The venue pages newest first by a cursor, without times: it is followed back until the range's start is reached. Where
 * the pages end within the range, its later part is given; where they end before it, nothing is known of it: an error.
 */
export async function fetchPastLiquidations(
  { startMs, endMs }: TimeSpan,
  fetchPage: (cursor: string | null) => Promise<Result<z.infer<typeof liquidationsSchema>, VenueError>>,
): Promise<Result<Liquidation[], VenueError>> {
  const rows: LiquidationRow[] = [];
  let cursor: string | null = null;
  let isCut = true;
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await fetchPage(cursor);
    if (!result.ok) return result;
    const { list, cursor: next } = result.value.data;
    rows.push(...list);
    const hasReached = list.some((row) => row.ts < startMs);
    isCut = !(hasReached || list.length === 0 || !next || next === cursor);
    if (!isCut) break;
    cursor = next ?? null;
  }
  const inRange = rows.filter(({ ts }) => ts >= startMs && ts < endMs);
  if (isCut && inRange.length === 0) return err(TOO_MANY);
  return ok(inRange.map(liquidationFrom).sort((a, b) => a.timeMs - b.timeMs));
}
