export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** A share: 0.1 is a tenth more. NaN where there was nothing to change, or as good as nothing. */
export function changeSince(before: number, now: number): number {
  const change = now / before - 1;
  return before > 0 && Number.isFinite(change) ? change : NaN;
}
