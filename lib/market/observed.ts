import type { ContractId } from './contract';

/** Known liquidation prices, USD at each, by bins of ln(price) counted from the mark's own; ascending, without empty ones. */
export interface ObservedLevels {
  readonly binWidth: number;
  readonly offsets: readonly number[];
  readonly long: readonly number[];
  readonly short: readonly number[];
}

/** How near the estimated map of a contract comes to what is known of it, within 10 % of the mark. */
export interface MapCheck {
  /** Earth mover's distance in ln(price), both maps brought to one sum. */
  readonly distance: number;
  /** Of cumulative USD, the estimate scaled by the share of open interest that is known. */
  readonly r2: number;
  /** The same of as many dollars spread evenly. */
  readonly evenDistance: number;
  readonly evenR2: number;
}

/** Share of quantity per effective leverage, that is by the distance from entry to liquidation. */
export interface ObservedClass {
  readonly leverage: number;
  readonly known: number;
  /** By the prior. */
  readonly stated: number;
}

/** What public accounts hold of a contract, as far as they were asked. */
export interface ObservedLayer {
  readonly contractId: ContractId;
  readonly symbol: string;
  /** Accounts that hold something. */
  readonly accounts: number;
  /** Of the contract's open interest, 0 to 1. */
  readonly longShare: number;
  readonly shortShare: number;
  /** Of what is known, margined by the whole account. */
  readonly crossShare: number;
  readonly medianAgeMs: number;
  readonly levels: ObservedLevels;
  /** Ascending; what is missing to 1 never liquidates within reach. */
  readonly classes: readonly ObservedClass[];
  /** Null where too little is known to compare. */
  readonly check: MapCheck | null;
}

/** Known share of open interest, sides averaged. */
export const knownShare = ({ longShare, shortShare }: Pick<ObservedLayer, 'longShare' | 'shortShare'>): number =>
  (longShare + shortShare) / 2;
