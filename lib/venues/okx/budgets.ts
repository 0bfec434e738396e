import { SECOND_MS } from '@/lib/core/time';

const WINDOW_MS = 2 * SECOND_MS;

/** Each endpoint has its own limit: 20 in 2 s for candles, 10 for many others, 5 for statistics; a margin is left. */
export const BUDGETS = {
  candles: { capacity: 12, windowMs: WINDOW_MS },
  marks: { capacity: 6, windowMs: WINDOW_MS },
  figures: { capacity: 6, windowMs: WINDOW_MS },
  statistics: { capacity: 3, windowMs: WINDOW_MS },
};

export type Budget = keyof typeof BUDGETS;
