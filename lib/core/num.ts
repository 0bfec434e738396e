/** The nearest number within [min, max]; NaN stays NaN. */
export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** A share: 0.1 is a tenth more. NaN where there was nothing to change, or as good as nothing. */
export function changeSince(before: number, now: number): number {
  const change = now / before - 1;
  return before > 0 && Number.isFinite(change) ? change : NaN;
}

/** What is not known as a number is not known. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Decimals in which every multiple of a tick size can be written: 0.1 has one, 0.25 two, 5 none; two for what is no tick. */
export function digitsOfTick(tickSize: number): number {
  if (!(tickSize > 0)) return 2;
  for (let digits = 0; digits < 12; digits++) {
    const scaled = tickSize * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return 12;
}
