import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { floorToStep, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { VenueClock } from '@/lib/services/venue/venue-clock';
import type { Venue, VenueError } from '@/lib/venues/venue';

/** Kept from the edge of what a venue reaches back to: it moves while a request is on its way. */
export const REACH_MARGIN_MS = 2 * HOUR_MS;
/** A figure of this moment counts for the end of a bar that is not longer past or ahead. */
const BOUNDARY_WINDOW_MS = 20 * SECOND_MS;
/** What was polled waits so long for its bars. */
const POLLED_KEPT_MS = HOUR_MS;
/** Of these the newest may not have been told yet. */
const MOST_LATE_BARS = 2;

/** Open interest at the ends of bars within a span, as far as the venue tells it. */
export type FetchOpenInterest = (span: TimeSpan) => Promise<Result<readonly OpenInterestPoint[], VenueError>>;

/** From the venue's history of it, or, where it keeps none, from what it says as of now. */
export function createOpenInterestSource(
  venue: Venue,
  { symbol }: Contract,
  clock: VenueClock,
  /** When the newest bar opened that is known. */
  newestBarMs: () => number,
  signal: AbortSignal,
): FetchOpenInterest {
  /** Oldest first; stored or not. */
  let polled: OpenInterestPoint[] = [];

  /**
   * What it says just after a bar's end, once bars are known up to there, as the time by which that was may be wrong. A missed end
   * stays missing.
   */
  const poll: FetchOpenInterest = async (span) => {
    const nowMs = floorToStep(clock.now(), BAR_MS);
    polled = polled.filter(({ timeMs }) => timeMs <= nowMs && timeMs > nowMs - POLLED_KEPT_MS);
    const isNear = clock.now() - nowMs <= BOUNDARY_WINDOW_MS;
    if (isNear && nowMs >= span.startMs && nowMs < span.endMs && polled.at(-1)?.timeMs !== nowMs) {
      const snapshot = await venue.fetchSnapshot(symbol, signal);
      if (!snapshot.ok) return snapshot;
      const point = snapshot.value.openInterest;
      if (point !== null && Math.abs(point.timeMs - nowMs) <= BOUNDARY_WINDOW_MS)
        polled.push({ timeMs: nowMs, openInterest: point.openInterest });
    }
    const knownMs = newestBarMs() + MOST_LATE_BARS * BAR_MS;
    return ok(polled.filter(({ timeMs }) => timeMs >= span.startMs && timeMs < span.endMs && timeMs <= knownMs));
  };

  return (span) => {
    // A venue may withdraw its history while it is in use.
    if (venue.openInterestReachMs === 0) return poll(span);
    const reachMs = floorToStep(clock.now() - venue.openInterestReachMs + REACH_MARGIN_MS, BAR_MS);
    if (span.endMs <= reachMs) return Promise.resolve(ok([]));
    return venue.fetchOpenInterest(symbol, { ...span, startMs: Math.max(span.startMs, reachMs) }, signal);
  };
}
