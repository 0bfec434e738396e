import type { Clock } from '@/lib/core/time';
import type { ContractId, VenueId } from '@/lib/market/contract';
import type { StreamName } from '@/lib/market/health';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';
import type { Venue } from '@/lib/venues/venue';

import type { LiquidationRecord } from './liquidation-record';
import { createRecordingSpan, SPAN_EXTEND_MS, type Reception } from './recording-span';

/** What comes as answers and says nothing of the streams. */
const ASKED: ReadonlySet<StreamName> = new Set(['openInterest', 'history']);

/** Notes when a venue's liquidations are being received. */
export interface FeedRecorder {
  /** Whose liquidations the stream carries from now on: the venue's all, or these contracts'; nobody's when it ends. */
  follow(owners: readonly (VenueId | ContractId)[]): void;
  /** Notes what was received up to now; also done every few seconds. Done once that is stored, or cannot be. */
  extend(): Promise<void>;
  /** What was pushed meanwhile is lost. */
  interrupt(): void;
}

/** `told` as `createRecordingSpan` takes it. */
export function createFeedRecorder(
  venue: Venue,
  told: Clock,
  record: LiquidationRecord,
  environment: ServiceEnvironment,
): FeedRecorder {
  let owners: readonly (VenueId | ContractId)[] = [];
  let abort: AbortController | null = null;

  const reception = (): Reception => {
    const streams = venue.health().streams.filter(({ stream }) => !ASKED.has(stream));
    return {
      liveSinceMs: streams.find(({ stream, state }) => stream === 'liquidations' && state === 'live')?.sinceMs ?? null,
      heardMs: streams.reduce<number | null>(
        (last, { lastDataMs }) => Math.max(last ?? -Infinity, lastDataMs ?? -Infinity),
        null,
      ),
      brokenCount: streams.reduce((sum, stream) => sum + stream.brokenCount, 0),
    };
  };
  const span = createRecordingSpan(environment.now, told, reception, venue.liquidationLagMs);

  const extend = async (): Promise<void> => {
    const recorded = span.extend();
    if (recorded !== null) await Promise.all(owners.map((owner) => record.extendSpan(owner, recorded)));
  };

  return {
    follow(next) {
      if (next.join() === owners.join()) return;
      // What is asked for anew arrives a moment later.
      span.interrupt();
      owners = next;
      if (owners.length === 0) abort?.abort();
      if (owners.length === 0 || abort?.signal.aborted === false) return;
      abort = new AbortController();
      const failed = (cause: unknown) => environment.log(`recording of ${venue.name}: ${String(cause)}`);
      poll(async () => void extend(), SPAN_EXTEND_MS, environment, abort.signal, failed);
    },
    extend,
    interrupt: () => span.interrupt(),
  };
}
