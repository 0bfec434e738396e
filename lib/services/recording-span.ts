import { SECOND_MS, type Clock } from '@/lib/core/time';
import type { RecordedSpan } from '@/lib/market/liquidation';

export const SPAN_EXTEND_MS = 5 * SECOND_MS;

/** The stretch in which the liquidation stream is being received, grown every `SPAN_EXTEND_MS`. */
export interface RecordingSpan {
  /** What was received since the last call, or null where the stream was not live all the while. */
  extend(): RecordedSpan | null;
  /** The stream was interrupted: the next stretch begins anew. */
  interrupt(): void;
}

export function createRecordingSpan(machineNow: Clock, venueNow: Clock, isRecording: () => boolean): RecordingSpan {
  let sinceMs: number | null = null;
  let extendedMs = machineNow();
  return {
    extend() {
      const toMs = venueNow();
      // A gap this long is a machine that slept, whatever the stream says of itself.
      const hasSlept = machineNow() - extendedMs > 2 * SPAN_EXTEND_MS;
      extendedMs = machineNow();
      if (!isRecording() || hasSlept) {
        sinceMs = null;
        return null;
      }
      const fromMs = sinceMs ?? toMs;
      sinceMs = toMs;
      return { fromMs, toMs };
    },
    interrupt() {
      sinceMs = null;
    },
  };
}
