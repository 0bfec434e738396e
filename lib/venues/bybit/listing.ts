import { ok, type Result } from '@/lib/core/result';
import type { JsonClient } from '@/lib/venues/http';
import type { VenueError } from '@/lib/venues/venue';

import type { Category } from './category';
import { instrumentsSchema } from './rest-wire';

const CONTRACTS_PER_PAGE = 1000;

/** Every contract of a category, page by page until a cursor is empty or comes again. */
export async function fetchListing(
  api: JsonClient<'address'>,
  category: Category,
  signal: AbortSignal,
): Promise<Result<unknown[], VenueError>> {
  const rows: unknown[] = [];
  const seen = new Set<string>();
  for (let cursor = ''; !seen.has(cursor);) {
    seen.add(cursor);
    const result = await api.get({
      path: '/v5/market/instruments-info',
      query: { category, limit: CONTRACTS_PER_PAGE, ...(cursor === '' ? {} : { cursor }) },
      schema: instrumentsSchema,
      budget: 'address',
      weight: 1,
      signal,
    });
    if (!result.ok) return result;
    rows.push(...result.value.result.list);
    cursor = result.value.result.nextPageCursor ?? '';
  }
  return ok(rows);
}
