import type { Contract, ContractId } from './contract';
import type { PositionSide } from './liquidation';
import type { UsdRange } from './usd-range';

/** What stands behind a position: in quote currency, of an inverse contract in coin. */
export type OwnMargin =
  /** Isolated, with what the venue assigns at this leverage. */
  | { readonly kind: 'leverage'; readonly leverage: number }
  /** Isolated, with a margin that was added to or taken from. */
  | { readonly kind: 'isolated'; readonly margin: number }
  /** Cross, with the account's balance less what its other positions need. */
  | { readonly kind: 'cross'; readonly balance: number };

/** A position of the user's own, entered by hand. It never leaves the device. */
export interface OwnPosition {
  readonly id: string;
  readonly contractId: ContractId;
  readonly positionSide: PositionSide;
  readonly entryPrice: number;
  readonly size: number;
  /** `base`: in units of the contract, as its venue counts them; `usd`: worth at entry, of an inverse contract its face value. */
  readonly sizeUnit: 'base' | 'usd';
  readonly margin: OwnMargin;
}

/** Where it is liquidated. */
export interface OwnLiquidation {
  readonly position: OwnPosition;
  readonly contract: Contract;
  /** At its venue, in that contract's own prices; null where no price liquidates it. */
  readonly liquidationPrice: number | null;
}

/** The same as seen from a chart. */
export interface OwnLevel {
  readonly positionId: string;
  readonly contractId: ContractId;
  readonly positionSide: PositionSide;
  /** At its venue, in that contract's own prices. */
  readonly liquidationPrice: number;
  readonly priceDigits: number;
  /** Signed fraction from the mark of its own contract. */
  readonly distance: number;
  /** As far from the mark of the contract that is shown, in its prices. */
  readonly price: number;
  /** USD of others' positions between the mark and there. */
  readonly betweenUsd: number;
  readonly betweenRange: UsdRange;
}

/** One of the list of positions, whether or not its market is watched; null is "not known yet". */
export interface OwnPositionRow {
  readonly position: OwnPosition;
  readonly contract: Contract | null;
  readonly liquidationPrice: number | null;
  /** Where the brackets come from by which it was found. */
  readonly tiersSource: 'venue' | 'bundled' | null;
  readonly markPrice: number | null;
  /** Known while the market is watched. */
  readonly between: { readonly usd: number; readonly range: UsdRange } | null;
}

/** In the contract's unit: base of a linear, USD of an inverse one. */
export function ownQty(
  { size, sizeUnit, entryPrice }: OwnPosition,
  { settlement }: Pick<Contract, 'settlement'>,
): number {
  if (settlement === 'inverse') return sizeUnit === 'usd' ? size : size * entryPrice;
  return sizeUnit === 'usd' ? size / entryPrice : size;
}
