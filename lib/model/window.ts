import type { BookSide } from './book-side';

/**
 * Moves a class's window so that `priceBin` lies its headroom below the end. Quantity that falls off the far end has outlived
 * the configured reach: it goes to the absorbing class and keeps its age, so that nothing is lost.
 */
export function centreWindow(side: BookSide, k: number, priceBin: number): void {
  const { layout, fast, slow, fastTotals, slowTotals, bases, frontiers } = side;
  const start = layout.starts[k];
  const end = layout.starts[k + 1];
  const size = end - start;
  const base = priceBin + layout.headroomBins - size;
  const move = base - bases[k];
  if (move === 0) return;
  const absorbing = fastTotals.length - 1;
  moveCells(fast, fastTotals);
  moveCells(slow, slowTotals);
  bases[k] = base;
  frontiers[k] = Math.min(Math.max(frontiers[k], base), base + size);

  function moveCells(cells: Float64Array, totals: Float64Array): void {
    const lostStart = move > 0 ? start : Math.max(start, end + move);
    const lostEnd = move > 0 ? Math.min(end, start + move) : end;
    let lost = 0;
    for (let i = lostStart; i < lostEnd; i++) lost += cells[i];
    totals[k] -= lost;
    totals[absorbing] += lost;
    if (Math.abs(move) >= size) {
      cells.fill(0, start, end);
    } else if (move > 0) {
      cells.copyWithin(start, start + move, end);
      cells.fill(0, end - move, end);
    } else {
      cells.copyWithin(start - move, start, end + move);
      cells.fill(0, start, start - move);
    }
  }
}
