import type { PositionSide } from '@/lib/market/liquidation';

/**
 * One position from opening to end, `closeTimeMs` Infinity while it is open. Margin that is added ends it and begins it anew
 * with `isToppedUp`, so that each record has one liquidation price.
 */
export interface SyntheticPosition {
  /** Who holds it. */
  readonly trader: number;
  readonly positionSide: PositionSide;
  readonly isCross: boolean;
  readonly leverage: number;
  readonly entryPrice: number;
  /** Base units. */
  readonly qty: number;
  /** Quote; the whole wallet when cross. */
  readonly margin: number;
  /** Mark price of its forced closing; null where no price leads to it. */
  readonly liquidationPrice: number | null;
  readonly openTimeMs: number;
  readonly isToppedUp: boolean;
  readonly closeTimeMs: number;
  readonly isLiquidated: boolean;
}

export type NewPosition = Omit<SyntheticPosition, 'trader' | 'closeTimeMs' | 'isLiquidated'>;

/** Who holds what, and held. Quantities are counted in whole steps, so that sums are exact. */
export interface Ledger {
  readonly longUnits: number;
  readonly shortUnits: number;
  position(index: number): SyntheticPosition;
  units(index: number): number;
  isOpen(index: number): boolean;
  /** Index of the trader's open position, or -1. */
  heldBy(trader: number): number;
  /** Returns the position's index. */
  open(trader: number, units: number, position: NewPosition): number;
  /** Returns the index that the position has from now on. */
  addMargin(index: number, margin: number, liquidationPrice: number | null, timeMs: number): number;
  close(index: number, timeMs: number, isLiquidated: boolean): void;
  positionsAt(timeMs: number): SyntheticPosition[];
  /** Every position opened in [fromMs, toMs), as it was opened. */
  openedIn(fromMs: number, toMs: number): SyntheticPosition[];
}

export const createLedger = (traderCount: number): Ledger => {
  const positions: { -readonly [Key in keyof SyntheticPosition]: SyntheticPosition[Key] }[] = [];
  const sizes: number[] = [];
  const held = new Int32Array(traderCount).fill(-1);
  let longUnits = 0;
  let shortUnits = 0;
  const ledger: Ledger = {
    get longUnits() {
      return longUnits;
    },
    get shortUnits() {
      return shortUnits;
    },
    position: (index) => positions[index],
    units: (index) => sizes[index],
    isOpen: (index) => positions[index].closeTimeMs === Infinity,
    heldBy: (trader) => held[trader],
    open(
      trader,
      units,
      { positionSide, isCross, leverage, entryPrice, qty, margin, liquidationPrice, openTimeMs, isToppedUp },
    ) {
      const index = positions.length;
      positions.push({
        trader,
        positionSide,
        isCross,
        leverage,
        entryPrice,
        qty,
        margin,
        liquidationPrice,
        openTimeMs,
        isToppedUp,
        closeTimeMs: Infinity,
        isLiquidated: false,
      });
      sizes.push(units);
      held[trader] = index;
      if (positionSide === 'long') longUnits += units;
      else shortUnits += units;
      return index;
    },
    addMargin(index, margin, liquidationPrice, timeMs) {
      ledger.close(index, timeMs, false);
      const rest = { margin, liquidationPrice, openTimeMs: timeMs, isToppedUp: true };
      return ledger.open(positions[index].trader, sizes[index], { ...positions[index], ...rest });
    },
    close(index, timeMs, isLiquidated) {
      const position = positions[index];
      position.closeTimeMs = timeMs;
      position.isLiquidated = isLiquidated;
      held[position.trader] = -1;
      if (position.positionSide === 'long') longUnits -= sizes[index];
      else shortUnits -= sizes[index];
    },
    positionsAt: (timeMs) =>
      positions.filter((position) => position.openTimeMs <= timeMs && timeMs < position.closeTimeMs),
    openedIn: (fromMs, toMs) =>
      positions.filter(({ openTimeMs, isToppedUp }) => !isToppedUp && fromMs <= openTimeMs && openTimeMs < toMs),
  };
  return ledger;
};
