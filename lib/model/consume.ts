import type { BookSide } from './book-side';

/**
 * Liquidates every level at `adverseBin` or nearer to the price, the bin of the mark's adverse extreme included, and returns
 * base units. Only bins that were not crossed before are visited: above a class's frontier there is nothing.
 */
export function consume(side: BookSide, adverseBin: number): number {
  const { layout, fast, slow, fastTotals, slowTotals, bases, frontiers } = side;
  let fastSum = 0;
  let slowSum = 0;
  for (let k = 0; k < frontiers.length; k++) {
    const from = Math.max(adverseBin, bases[k]);
    const frontier = frontiers[k];
    if (frontier <= from) continue;
    const offset = layout.starts[k] - bases[k];
    let fastRemoved = 0;
    let slowRemoved = 0;
    for (let i = from + offset, end = frontier + offset; i < end; i++) {
      fastRemoved += fast[i];
      slowRemoved += slow[i];
      fast[i] = 0;
      slow[i] = 0;
    }
    frontiers[k] = from;
    fastTotals[k] -= fastRemoved;
    slowTotals[k] -= slowRemoved;
    fastSum += fastRemoved;
    slowSum += slowRemoved;
  }
  return fastSum * side.fastScale + slowSum * side.slowScale;
}
