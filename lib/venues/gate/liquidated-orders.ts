import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { floorToStep, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import type { VenueError } from '@/lib/venues/venue';

import type { LiquidatedOrder } from './rest-wire';

export const ORDERS_PER_PAGE = 1000;
/** The venue refuses a longer range. */
const LONGEST_SPAN_MS = HOUR_MS;

/** Asks for what lies in a range, at most `ORDERS_PER_PAGE` of it. */
export type FetchOrders = (
  symbol: string,
  span: TimeSpan,
  signal: AbortSignal,
) => Promise<Result<readonly LiquidatedOrder[], VenueError>>;

/** All orders of a range, oldest first: an hour to a request, less where an hour holds more than a page. */
export async function fetchAllOrders(
  fetch: FetchOrders,
  symbol: string,
  range: TimeSpan,
  signal: AbortSignal,
): Promise<Result<readonly LiquidatedOrder[], VenueError>> {
  const fetchSpan = async (span: TimeSpan): Promise<Result<readonly LiquidatedOrder[], VenueError>> => {
    const page = await fetch(symbol, span, signal);
    const middleMs = floorToStep((span.startMs + span.endMs) / 2, SECOND_MS);
    if (!page.ok || page.value.length < ORDERS_PER_PAGE || middleMs <= span.startMs) return page;
    // A full page was cut: its halves hold the rest.
    return fetchSpans([
      { startMs: span.startMs, endMs: middleMs },
      { startMs: middleMs, endMs: span.endMs },
    ]);
  };
  const fetchSpans = async (spans: readonly TimeSpan[]): Promise<Result<readonly LiquidatedOrder[], VenueError>> => {
    const pages = await Promise.all(spans.map(fetchSpan));
    const failed = pages.find((page) => !page.ok);
    return failed ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));
  };
  const orders = await fetchSpans(splitSpans([range], LONGEST_SPAN_MS));
  return orders.ok ? ok([...orders.value].sort((a, b) => a.time - b.time)) : orders;
}
