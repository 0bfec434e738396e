import type { Clock } from '@/lib/core/time';

/** Whether one more is allowed now: at most `most` in every span of `spanMs` that begins with one. */
export function createAllowance(most: number, spanMs: number, now: Clock): () => boolean {
  let sinceMs = -Infinity;
  let count = 0;
  return () => {
    const nowMs = now();
    // Also where the machine's clock was set back.
    if (nowMs < sinceMs || nowMs - sinceMs >= spanMs) {
      sinceMs = nowMs;
      count = 0;
    }
    count += 1;
    return count <= most;
  };
}
