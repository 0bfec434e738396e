import type { ObservedPosition } from '@/lib/market/account-position';
import type { PositionSide } from '@/lib/market/liquidation';
import type { MixInForce } from '@/lib/market/mix-in-force';

import type { BookConfig } from './book-config';
import { classQty } from './book-side';
import { liquidationDistance } from './inverse-liquidation';
import type { PositionBook } from './position-book';

/** Beyond this multiple of the widest class's distance a position counts as none of the classes. */
const WIDEST = 1.5;

/** What must be known before it counts: a few large accounts are no distribution. */
export const ENOUGH_SHARE = 0.2;
export const ENOUGH_ACCOUNTS = 100;

/** However much is known, the prior keeps so much: accounts that trade are found, those that sit still are not. */
const MOST_KNOWN = 0.95;
/** A class that is hardly held says little of how much of it is opened. */
const MOST_OPENED_PER_HELD = 5;
/** Something always absorbs. */
const MOST_SHARES = 0.97;
/** Standard deviation of a share of the prior / the share: as good as half an event. */
const PRIOR_DEVIATION = Math.SQRT2;

/** The class whose distance comes nearest to the position's own; -1 where that lies beyond all of them or nowhere. */
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
 * Per class, share of what is opened / share of what is open, as a book has it under its own mix: above 1 for a class that price
 * takes away sooner than others are closed.
 */
export function openedPerHeld({ config, long, short }: PositionBook): number[] {
  const heldOf = (k: number) => classQty(long, k) + classQty(short, k);
  // The absorbing class stands behind the others.
  const located = Array.from({ length: config.classes.length + 1 }, (_, k) => heldOf(k)).reduce((a, b) => a + b, 0);
  return config.classes.map(({ share }, k) =>
    heldOf(k) > 0 ? Math.min(MOST_OPENED_PER_HELD, (share * located) / heldOf(k)) : 1,
  );
}

export interface MixEvidence {
  readonly positions: readonly Held[];
  /** One side, in the contract's unit. */
  readonly openInterest: number;
  /** Of the contract's present book. */
  readonly openedPerHeld: readonly number[];
  readonly throughMs: number;
}

/**
 * The mix that known positions suggest: the known part of open interest has the leverage that was seen, the rest the prior's.
 * The ratio of both in the contract's own book turns what is open into what was opened. Null where too little is known.
 */
export function mixFromPositions(
  { positions, openInterest, openedPerHeld, throughMs }: MixEvidence,
  stated: BookConfig,
): MixInForce | null {
  const qty = positions.reduce((sum, each) => sum + each.qty, 0);
  const squares = positions.reduce((sum, each) => sum + each.qty ** 2, 0);
  const share = Math.min(MOST_KNOWN, qty / (2 * openInterest));
  if (!(share >= ENOUGH_SHARE) || positions.length < ENOUGH_ACCOUNTS) return null;
  const known = observedShares(positions, stated);
  const uncut = stated.classes.map((each, k) => share * known[k] * openedPerHeld[k] + (1 - share) * each.share);
  const cut = Math.min(1, MOST_SHARES / uncut.reduce((sum, each) => sum + each, 0));
  const shares = uncut.map((each) => each * cut);
  const relativeDeviations = stated.classes.map((each, k) => {
    // Of a share p of what n positions hold, weighed by size: p (1 - p) sum q^2 / (sum q)^2.
    const sampling = (known[k] * (1 - known[k]) * squares) / qty ** 2;
    const ofKnown = share ** 2 * openedPerHeld[k] ** 2 * sampling;
    return Math.sqrt(ofKnown + ((1 - share) * each.share * PRIOR_DEVIATION) ** 2) / uncut[k];
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
