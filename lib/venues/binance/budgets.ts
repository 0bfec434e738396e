import { MINUTE_MS } from '@/lib/core/time';
import type { JsonClient } from '@/lib/venues/http';

/** What one address may use is 2400 a minute of each market; the user's own terminal needs some of it. `/futures/data` has no weight but 1000 requests per 5 minutes. */
export const BUDGETS = {
  weight: { capacity: 1440, windowMs: MINUTE_MS },
  data: { capacity: 600, windowMs: 5 * MINUTE_MS },
  site: { capacity: 5, windowMs: MINUTE_MS },
};
type Budget = keyof typeof BUDGETS;

export type BinanceApi = JsonClient<Budget>;
