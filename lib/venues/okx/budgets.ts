import { SECOND_MS } from '@/lib/core/time';

const WINDOW_MS = 2 * SECOND_MS;

/** Each endpoint has its own limit: 20 in 2 s for candles, 10 for many others, 5 for statistics. Two fifths of it are spent by what fills a history, half by the rest: what two windows send may arrive within one. */
export const BUDGETS = {
  candles: { capacity: 8, windowMs: WINDOW_MS },
  marks: { capacity: 4, windowMs: WINDOW_MS },
  figures: { capacity: 5, windowMs: WINDOW_MS },
  statistics: { capacity: 2, windowMs: WINDOW_MS },
  takers: { capacity: 2, windowMs: WINDOW_MS },
};

export type Budget = keyof typeof BUDGETS;
