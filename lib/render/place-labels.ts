import type { PriceScale } from '@/lib/chart/price-scale';
import { formatDistance, formatUsdShort } from '@/lib/core/format';
import type { PositionSide } from '@/lib/market/liquidation';
import type { Cluster } from '@/lib/market/summary';

import { touches, zoneAround, type Zone } from './zones';

const MAX_LABELS = 8;
/** Smaller clusters than this share of the largest in view get no label. */
const MIN_SHARE = 0.12;
const PRICE_CLEARANCE = 12;

/** A cluster with its texts, formatted when first asked for: few of all clusters are ever in view. */
export interface Label {
  /** The same for the same cluster, however much it holds. */
  readonly id: string;
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly usd: number;
  readonly usdText: string;
  readonly distanceText: string;
}

export function labelFromCluster({ positionSide, price, usd, distance }: Cluster): Label {
  let usdText: string | undefined;
  let distanceText: string | undefined;
  return {
    id: positionSide + price,
    positionSide,
    price,
    usd,
    get usdText() {
      return (usdText ??= formatUsdShort(usd));
    },
    get distanceText() {
      return (distanceText ??= formatDistance(distance));
    },
  };
}

export interface PlacedLabel {
  readonly label: Label;
  /** CSS pixels, the label's middle. */
  readonly y: number;
}

/** Largest first; a label that would touch another one, the price or a reserved zone goes. `labels` is sorted by USD. */
export function placeLabels(
  labels: readonly Label[],
  scale: PriceScale,
  price: number,
  reserved: readonly Zone[],
): PlacedLabel[] {
  const priceY = scale.priceToY(price);
  const taken: Zone[] = [...reserved, [priceY - PRICE_CLEARANCE, priceY + PRICE_CLEARANCE]];
  const placed: PlacedLabel[] = [];
  let smallest = 0;
  for (const label of labels) {
    const y = scale.priceToY(label.price);
    if (!(y >= 0 && y < scale.height)) continue;
    if (smallest === 0) smallest = label.usd * MIN_SHARE;
    if (label.usd < smallest || placed.length === MAX_LABELS) break;
    if (touches(y, taken)) continue;
    taken.push(zoneAround(y));
    placed.push({ label, y });
  }
  return placed;
}
