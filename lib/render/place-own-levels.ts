import type { PriceScale } from '@/lib/chart/price-scale';
import type { PositionSide } from '@/lib/market/liquidation';

import { touches, zoneAround, type Zone } from './zones';

/** A liquidation price of the user's own. */
export interface OwnLevel {
  readonly price: number;
  readonly positionSide: PositionSide;
}

/** An own level in view. Its line is always drawn, its tag only where it touches no other own one. */
export interface PlacedOwnLevel {
  readonly level: OwnLevel;
  /** CSS pixels. */
  readonly y: number;
  readonly distance: number;
  readonly hasTag: boolean;
}

/** The own levels in view, nearest to the price first: of two that would touch, the nearer one keeps its tag. */
export function placeOwnLevels(
  levels: readonly OwnLevel[],
  scale: PriceScale,
  price: number,
  reserved: readonly Zone[],
): PlacedOwnLevel[] {
  const placed: PlacedOwnLevel[] = [];
  const nearestFirst = levels
    .map((level) => ({ level, y: scale.priceToY(level.price), distance: level.price / price - 1 }))
    .filter(({ y }) => y >= 0 && y < scale.height)
    .sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance));
  const taken = [...reserved];
  for (const own of nearestFirst) {
    const hasTag = !touches(own.y, taken);
    if (hasTag) taken.push(zoneAround(own.y));
    placed.push({ ...own, hasTag });
  }
  return placed;
}
