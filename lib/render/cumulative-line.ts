import type { PriceScale } from '@/lib/chart/price-scale';
import type { PositionSide } from '@/lib/market/liquidation';

import type { BandCells } from './band-cells';
import type { ProfileSums } from './profile-sums';

/** Points closer than this in device pixels tell the eye nothing more. */
const STEP_BITMAP_PX = 3;

/** A side's running sum from the market outwards, as points: y in device pixels, USD. Buffers are reused. */
export interface CumulativeLine {
  count: number;
  y: Float64Array;
  usd: Float64Array;
}

export const createCumulativeLine = (): CumulativeLine => ({
  count: 0,
  y: new Float64Array(0),
  usd: new Float64Array(0),
});

/** Follows the drawn cells' edges from the price outwards, up to the pane's edge. */
export function fillCumulativeLine(
  sums: ProfileSums,
  cells: BandCells,
  scale: PriceScale,
  pixelRatio: number,
  positionSide: PositionSide,
  out: CumulativeLine,
): void {
  const { edge, count } = cells;
  if (out.y.length < count + 2) {
    out.y = new Float64Array(count + 2);
    out.usd = new Float64Array(count + 2);
  }
  out.count = 0;
  if (count === 0) return;
  const isShort = positionSide === 'short';
  const running = sums[positionSide];
  const perCell = cells[positionSide];
  // The sum starts with whatever lies between the market and the first drawn cell.
  let usd = isShort ? running[cells.startBin] : running[running.length - 1] - running[cells.endBin];
  const marketY = scale.priceToY(sums.profile.markPrice) * pixelRatio;
  const isDownwards = scale.isInverted === isShort;
  let drawnY = Infinity;
  if (marketY >= 0 && marketY <= scale.height * pixelRatio) {
    out.y[out.count] = drawnY = marketY;
    out.usd[out.count++] = 0;
  }
  for (let n = 0; n <= count; n++) {
    const i = isShort ? n : count - n;
    const y = edge[i];
    const isPastMarket = isDownwards ? y >= marketY : y <= marketY;
    if (isPastMarket && (Math.abs(y - drawnY) >= STEP_BITMAP_PX || n === count)) {
      out.y[out.count] = drawnY = y;
      out.usd[out.count++] = usd;
    }
    if (n < count) usd += perCell[isShort ? i : i - 1];
  }
}
