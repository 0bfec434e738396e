import type { RecordedSpan } from './liquidation';

/**
 * Share, 0 to 1, of the window [fromMs, toMs) that the spans cover; they may overlap and come in any order.
 * An empty window counts as not recorded.
 */
export function recordedShare(spans: readonly RecordedSpan[], fromMs: number, toMs: number): number {
  if (!(toMs > fromMs)) return 0;
  const ordered = [...spans].sort((a, b) => a.fromMs - b.fromMs);
  let coveredMs = 0;
  let reachedMs = fromMs;
  for (const span of ordered) {
    const startMs = Math.max(span.fromMs, reachedMs);
    const endMs = Math.min(span.toMs, toMs);
    if (endMs <= startMs) continue;
    coveredMs += endMs - startMs;
    reachedMs = endMs;
  }
  return coveredMs / (toMs - fromMs);
}

/** What of the stretches lies after a moment. */
export const spansAfter = (spans: readonly RecordedSpan[], sinceMs: number): RecordedSpan[] =>
  spans.filter(({ toMs }) => toMs > sinceMs).map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, sinceMs), toMs }));

/** The same stretches of time, disjoint and oldest first. */
export function joinSpans(spans: readonly RecordedSpan[]): RecordedSpan[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs });
  }
  return joined;
}
