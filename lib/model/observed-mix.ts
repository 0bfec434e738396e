import type { ObservedPosition } from '@/lib/market/account-position';
import type { PositionSide } from '@/lib/market/liquidation';
import type { MixInForce } from '@/lib/market/mix-in-force';

import type { BookConfig } from './book-config';
import { liquidationDistance } from './inverse-liquidation';

/** Beyond this multiple of the widest class's distance a position counts as none of the classes. */
const WIDEST = 1.5;

/** What must be known before it counts: a few large accounts are no distribution. */
export const ENOUGH_SHARE = 0.2;
export const ENOUGH_ACCOUNTS = 100;

/** However much is known, the prior keeps so much: accounts that trade are found, those that sit still are not. */
const MOST_KNOWN = 0.95;
/** Standard deviation of a share of the prior / the share: as good as half an event. */
const PRIOR_DEVIATION = Math.SQRT2;

/** The class whose distance a position's own comes nearest to; -1 where it lies beyond all of them or nowhere. */
export function classOfPosition(
  { classes, settlement }: BookConfig,
  positionSide: PositionSide,
  entryPrice: number,
  liquidationPrice: number | null,
): number {
  if (liquidationPrice === null) return -1;
  const distance = Math.abs(Math.log(liquidationPrice / entryPrice));
  const distances = classes.map((each) => liquidationDistance(settlement, positionSide, each));
  if (distance > WIDEST * Math.max(...distances)) return -1;
  const misses = distances.map((each) => Math.abs(each - distance));
  return misses.indexOf(Math.min(...misses));
}

type Held = Pick<ObservedPosition, 'positionSide' | 'qty' | 'entryPrice' | 'liquidationPrice'>;

/** Share of the quantity held per class. */
export function observedShares(positions: readonly Held[], config: BookConfig): number[] {
  const shares = config.classes.map(() => 0);
  const total = positions.reduce((sum, { qty }) => sum + qty, 0);
  for (const { positionSide, qty, entryPrice, liquidationPrice } of positions) {
    const k = classOfPosition(config, positionSide, entryPrice, liquidationPrice);
    if (k >= 0) shares[k] += qty / total;
  }
  return shares;
}

/**
 * The mix that known positions speak for: what is known of open interest has the leverage that was seen, the rest that of the
 * prior. Null where too little is known. It takes the leverage of what is open for that of what is opened, as the prior does:
 * both are the same as long as lifetimes do not depend on leverage.
 */
export function mixFromPositions(
  positions: readonly Held[],
  stated: BookConfig,
  openInterest: number,
  throughMs: number,
): MixInForce | null {
  const qty = positions.reduce((sum, each) => sum + each.qty, 0);
  const squares = positions.reduce((sum, each) => sum + each.qty ** 2, 0);
  const share = Math.min(MOST_KNOWN, qty / (2 * openInterest));
  if (!(share >= ENOUGH_SHARE) || positions.length < ENOUGH_ACCOUNTS) return null;
  const known = observedShares(positions, stated);
  const shares = stated.classes.map((each, k) => share * known[k] + (1 - share) * each.share);
  const relativeDeviations = stated.classes.map((each, k) => {
    // Of a share p of what n positions hold, weighed by size: p (1 - p) sum q^2 / (sum q)^2.
    const sampling = (known[k] * (1 - known[k]) * squares) / qty ** 2;
    return Math.sqrt(share ** 2 * sampling + ((1 - share) * each.share * PRIOR_DEVIATION) ** 2) / shares[k];
  });
  return {
    throughMs,
    leverages: stated.classes.map(({ leverage }) => leverage),
    shares,
    relativeDeviations,
    positionQty: squares / qty,
    eventCount: positions.length,
    source: 'observed',
  };
}
