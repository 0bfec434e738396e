import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';

import type { AssetClass } from './asset-class';
import type { ContractId, VenueId } from './contract';
import type { Liquidation } from './liquidation';
import type { VenueFacts } from './venue-facts';

/** The windows for which what was liquidated is summed, all ending now. */
export const LIQUIDATION_WINDOWS_MS = [5 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, DAY_MS, 7 * DAY_MS] as const;
export const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);

/** One forced closing of any venue. */
export interface RealisedLiquidation extends Omit<Liquidation, 'averagePrice'> {
  /** Of one base asset, as it stands beside its name: venues count some by the thousand. */
  readonly bankruptcyPrice: number;
  readonly contractId: ContractId;
  readonly venueId: VenueId;
  readonly baseAsset: string;
  /** Quantity at the published price. */
  readonly usd: number;
  /** How much of what is liquidated the feed tells that it came by; `unknown` where it was asked for afterwards of a venue whose stream is a sample. */
  readonly feed: VenueFacts['liquidationFeed'] | 'unknown';
}

/** Sums of one window. */
export interface LiquidatedSums {
  readonly longUsd: number;
  readonly shortUsd: number;
  /** Estimates: with what sampled feeds leave out made up for. The same as observed where the feeds are complete. */
  readonly longCorrectedUsd: number;
  readonly shortCorrectedUsd: number;
  readonly longCount: number;
  readonly shortCount: number;
}

export const bothUsd = ({ longUsd, shortUsd }: Pick<LiquidatedSums, 'longUsd' | 'shortUsd'>): number =>
  longUsd + shortUsd;

/** One per window of `LIQUIDATION_WINDOWS_MS`. */
export type ByWindow<T> = readonly T[];

/** What was liquidated in one whole hour, of all contracts together. */
export interface LiquidatedHour {
  readonly startMs: number;
  readonly longUsd: number;
  readonly shortUsd: number;
}

/** What was liquidated in the whole market lately, as a page shows it. */
export interface LiquidationBoard {
  readonly asOfMs: number;
  /** False while what was stored before is still being read: sums are of less than they will be. */
  readonly isWhole: boolean;
  readonly total: ByWindow<LiquidatedSums>;
  /** Of the last week, oldest first; hours of which nothing was recorded are left out. */
  readonly hours: readonly LiquidatedHour[];
  readonly venues: readonly {
    readonly venueId: VenueId;
    readonly feed: VenueFacts['liquidationFeed'];
    readonly sums: ByWindow<LiquidatedSums>;
    /** Share of each window in which the venue's feed was recorded, 0 to 1. */
    readonly recordedShares: ByWindow<number>;
  }[];
  /** Underlyings with the most of the day, at most 50. */
  readonly assets: readonly {
    readonly marketId: string;
    readonly baseAsset: string;
    readonly assetClass: AssetClass;
    readonly sums: ByWindow<LiquidatedSums>;
  }[];
  readonly classes: readonly { readonly assetClass: AssetClass; readonly sums: ByWindow<LiquidatedSums> }[];
  /** The largest single one of each window; null where there was none. */
  readonly largest: ByWindow<RealisedLiquidation | null>;
  /** Newest first, of at least the size that was asked for. */
  readonly newest: readonly RealisedLiquidation[];
  /** Events that were counted but could not be stored, since the background started. */
  readonly lostCount: number;
}
