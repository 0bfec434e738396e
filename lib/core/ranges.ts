/** Half-open [startMs, endMs). */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** What remains of sorted, disjoint spans once `cut` is taken out. */
export function subtractSpan(spans: readonly TimeSpan[], cut: TimeSpan): TimeSpan[] {
  const rest: TimeSpan[] = [];
  for (const span of spans) {
    if (cut.endMs <= span.startMs || cut.startMs >= span.endMs) {
      rest.push(span);
      continue;
    }
    if (span.startMs < cut.startMs) rest.push({ startMs: span.startMs, endMs: cut.startMs });
    if (cut.endMs < span.endMs) rest.push({ startMs: cut.endMs, endMs: span.endMs });
  }
  return rest;
}

/** The spans of [startMs, endMs) in which none of the sorted step times occurs; all times are multiples of `stepMs`. */
export function missingSpans(times: readonly number[], startMs: number, endMs: number, stepMs: number): TimeSpan[] {
  const missing: TimeSpan[] = [];
  let expected = startMs;
  for (const time of times) {
    if (time < expected) continue;
    if (time >= endMs) break;
    if (time > expected) missing.push({ startMs: expected, endMs: time });
    expected = time + stepMs;
  }
  if (expected < endMs) missing.push({ startMs: expected, endMs });
  return missing;
}

/** The same spans cut into pieces no longer than `lengthMs`. */
export function splitSpans(spans: readonly TimeSpan[], lengthMs: number): TimeSpan[] {
  return spans.flatMap(({ startMs, endMs }) =>
    Array.from({ length: Math.ceil((endMs - startMs) / lengthMs) }, (_, page) => ({
      startMs: startMs + page * lengthMs,
      endMs: Math.min(endMs, startMs + (page + 1) * lengthMs),
    })),
  );
}

/** Length of all together; where spans overlap, of both. */
export const totalMs = (spans: readonly TimeSpan[]): number =>
  spans.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
