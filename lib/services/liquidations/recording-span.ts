import { SECOND_MS, type Clock } from '@/lib/core/time';
import type { RecordedSpan } from '@/lib/market/liquidation';

export const SPAN_EXTEND_MS = 5 * SECOND_MS;

/** What is known of the liquidation stream at this moment. */
export interface Reception {
  /** Machine time since when it is live; null while it is not. */
  readonly liveSinceMs: number | null;
  /** Machine time at which its venue was last heard; null before the first time. */
  readonly heardMs: number | null;
  /** Frames that could not be read: each may have been a liquidation. */
  readonly brokenCount: number;
}

/** The stretch in which the liquidation stream is being received, grown every `SPAN_EXTEND_MS`. */
export interface RecordingSpan {
  /**
   * What was received since the last stretch, or null: the stream was not live all the while, or something of it could not be
   * read, or nothing was heard lately; what is silent may be dead, and is claimed once it speaks again.
   */
  extend(): RecordedSpan | null;
  /** The stream was interrupted: the next stretch begins anew. */
  interrupt(): void;
}

/** `told` is the newest time that the venue pushed, -Infinity before the first word; all up to `lagMs` before it has arrived. */
export function createRecordingSpan(
  machineNow: Clock,
  told: Clock,
  reception: () => Reception,
  lagMs = 0,
): RecordingSpan {
  let sinceMs: number | null = null;
  let extendedMs = machineNow();
  let knownBroken = 0;
  /** When the stream was first heard since it is live, and how far it had told by then. */
  let first: { readonly atMs: number; readonly toldMs: number } | null = null;

  /**
   * Subscriptions go out one after the other, and what a venue tells first may be older than the connection: a stretch begins with
   * something new that is told a while later.
   */
  const hasSettled = (toldMs: number): boolean => {
    first ??= { atMs: machineNow(), toldMs };
    return machineNow() - first.atMs >= SPAN_EXTEND_MS && toldMs > first.toldMs;
  };

  return {
    extend() {
      const toldMs = told();
      const toMs = toldMs - lagMs;
      const { liveSinceMs, heardMs, brokenCount } = reception();
      // A gap this long is a machine that slept, whatever the stream says of itself.
      const hasSlept = machineNow() - extendedMs > 2 * SPAN_EXTEND_MS;
      const hasLost = brokenCount !== knownBroken;
      extendedMs = machineNow();
      knownBroken = brokenCount;
      if (liveSinceMs === null || hasSlept) first = null;
      if (liveSinceMs === null || hasSlept || hasLost) {
        sinceMs = null;
        return null;
      }
      // Before the first word of a connection the venue's time is a guess, and may lie before the connection was there.
      if (heardMs === null || toldMs === -Infinity || (sinceMs === null && heardMs < liveSinceMs)) return null;
      if (sinceMs === null && !hasSettled(toldMs)) return null;
      sinceMs ??= toldMs;
      if (toMs < sinceMs) return null;
      if (machineNow() - heardMs > SPAN_EXTEND_MS) return null;
      const span = { fromMs: sinceMs, toMs };
      sinceMs = toMs;
      return span;
    },
    interrupt() {
      sinceMs = null;
      first = null;
    },
  };
}
