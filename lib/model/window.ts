import type { BookSide } from './book-side';

/**
 * Moves a class's window so that `priceBin` lies its headroom below the end. Quantity that falls off the far end has outlived
 * the configured reach: it goes to the absorbing class and keeps its age, so that nothing is lost.
 */
export function centreWindow(side: BookSide, k: number, priceBin: number): void {
  const { layout, cells, totals, bases, frontiers } = side;
  const start = 2 * layout.starts[k];
  const end = 2 * layout.starts[k + 1];
  const size = layout.starts[k + 1] - layout.starts[k];
  const base = priceBin + layout.headroomBins - size;
  const move = 2 * (base - bases[k]);
  if (move === 0) return;
  const absorbing = totals.length - 2;
  const lostStart = move > 0 ? start : Math.max(start, end + move);
  const lostEnd = move > 0 ? Math.min(end, start + move) : end;
  for (let i = lostStart; i < lostEnd; i += 2) {
    totals[2 * k] -= cells[i];
    totals[2 * k + 1] -= cells[i + 1];
    totals[absorbing] += cells[i];
    totals[absorbing + 1] += cells[i + 1];
  }
  if (Math.abs(move) >= end - start) {
    cells.fill(0, start, end);
  } else if (move > 0) {
    cells.copyWithin(start, start + move, end);
    cells.fill(0, end - move, end);
  } else {
    cells.copyWithin(start - move, start, end + move);
    cells.fill(0, start, start - move);
  }
  bases[k] = base;
  frontiers[k] = Math.min(Math.max(frontiers[k], base), base + size);
}
