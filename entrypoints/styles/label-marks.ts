import type { LabelledAxis } from '@/lib/render/band-styles';

/**
 * The axis with its prices read under the other convention where that is nearer to what the market trades at: only it
 * can tell whether `68.250` is 68 and a quarter or 68 thousand. What is left of a doubt the checks of the scale find.
 */
export function nearerReading(axis: LabelledAxis, price: number): LabelledAxis {
  const { prices, written, otherReading = 1 } = axis;
  const distance = (factor: number): number => Math.abs(Math.log((prices[0] * factor) / price));
  if (!(distance(otherReading) < distance(1))) return axis;
  const read = (value: number): number => value * otherReading;
  return { ...axis, prices: prices.map(read), written: written.map((each, i) => (i % 2 === 0 ? read(each) : each)) };
}
