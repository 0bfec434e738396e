import type { BookSide } from './book-side';
import { isPendingReached, settlePending } from './pending-entries';

/**
 * Liquidates every level at `adverseBin` or nearer to the price, the bin of the mark's adverse extreme included. Returns
 * contract units; `side.liquidated` has them by class. Only bins that were not crossed before are visited: above a class's
 * frontier there is nothing.
 */
export function consume(side: BookSide, adverseBin: number): number {
  if (isPendingReached(side, adverseBin)) settlePending(side);
  const { layout, cells, totals, bases, frontiers, liquidated, fastScale, slowScale } = side;
  let fastSum = 0;
  let slowSum = 0;
  for (let k = 0; k < frontiers.length; k++) {
    const frontier = frontiers[k];
    liquidated[k] = 0;
    if (frontier <= adverseBin) continue;
    const from = Math.max(adverseBin, bases[k]);
    const offset = layout.starts[k] - bases[k];
    let fastRemoved = 0;
    let slowRemoved = 0;
    for (let i = 2 * (from + offset), end = 2 * (frontier + offset); i < end; i += 2) {
      fastRemoved += cells[i];
      slowRemoved += cells[i + 1];
      cells[i] = 0;
      cells[i + 1] = 0;
    }
    frontiers[k] = adverseBin;
    totals[2 * k] -= fastRemoved;
    totals[2 * k + 1] -= slowRemoved;
    liquidated[k] = fastRemoved * fastScale + slowRemoved * slowScale;
    fastSum += fastRemoved;
    slowSum += slowRemoved;
  }
  return fastSum * fastScale + slowSum * slowScale;
}
