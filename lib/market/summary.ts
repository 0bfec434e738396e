import type { Bar } from './bar';
import type { ContractId, VenueId } from './contract';
import type { PositionSide } from './liquidation';
import type { MarketMember } from './member';
import type { MixInForce } from './mix-in-force';
import type { ObservedLayer } from './observed';
import type { OwnLevel } from './own-position';
import type { SidesUsd } from './profile';
import type { ExpectedLiquidation, Score } from './score';
import type { MarketHours } from './trading-hours';
import type { UsdRange } from './usd-range';

export interface Cluster {
  readonly positionSide: PositionSide;
  /** Price of the cluster's densest bin (its middle). */
  readonly price: number;
  readonly usd: number;
  /** Signed fraction from the mark: -0.022 is 2.2 % below. */
  readonly distance: number;
}

export interface AtRisk {
  /** Fraction: 0.01 is within 1 % of the mark. */
  readonly distance: number;
  readonly longUsd: number;
  readonly shortUsd: number;
  readonly longRange: UsdRange;
  readonly shortRange: UsdRange;
}

export interface NamedCluster extends Cluster {
  readonly range: UsdRange;
}

export interface ExpectedAt {
  /** Fraction of the mark. */
  readonly distance: number;
  readonly long: ExpectedLiquidation;
  readonly short: ExpectedLiquidation;
}

/** What the contract's liquidations have taught so far. */
export interface LearningSummary {
  /** Where the leverage mix in use comes from: the stated prior, this contract's liquidations, those of its kind, public accounts. */
  readonly source: 'prior' | MixInForce['source'];
  /** Venue time up to which the mix was learned; null for the prior. */
  readonly learnedThroughMs: number | null;
  /** Liquidations that count so far, and how many it takes to learn a mix. */
  readonly eventCount: number;
  readonly enoughEvents: number;
  /** Share of the USD at risk that price crosses which the feed reports as liquidated; as stated before any was. */
  readonly liquidatedShare: SidesUsd;
  /** What is expected to be liquidated if price crosses all levels to a distance from the mark, nearest first. */
  readonly expected: readonly ExpectedAt[];
  /** How well the map foretold what was liquidated, to the last full hour; null before anything was scored. */
  readonly lastDay: Score | null;
  readonly month: Score | null;
}

/** What was liquidated in a window, of one contract, a venue or all of them. */
export interface LiquidatedPart {
  readonly longUsd: number;
  readonly shortUsd: number;
  /** Both sides, with what sampled feeds leave out made up for: an estimate. */
  readonly correctedUsd: number;
  /** Share of the window in which the stream was recorded, 0 to 1. */
  readonly recordedShare: number;
}

export interface ContractWindow extends LiquidatedPart {
  readonly windowMs: number;
}

export interface LiquidatedWindow extends ContractWindow {
  /** Those whose maps count. */
  readonly venues: readonly (LiquidatedPart & { readonly venueId: VenueId })[];
}

/** What one contract adds to the figures of its market. */
export type ContractSummary = Omit<
  Summary,
  'members' | 'liquidated' | 'ownLevels' | 'observed' | 'observedShare' | 'hours'
>;

/** Everything the popup states about a market, in the prices of one contract; null is "not observed". */
export interface Summary {
  readonly contractId: ContractId;
  readonly symbol: string;
  readonly venueId: VenueId;
  /** Decimal digits of the contract's tick. */
  readonly priceDigits: number;
  readonly asOfMs: number;
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly change24h: number | null;
  readonly openInterestUsd: number;
  readonly openInterestChange24h: number | null;
  readonly fundingRate: number | null;
  readonly fundingIntervalMs: number | null;
  readonly nextFundingTimeMs: number | null;
  /** Accounts long / accounts short. */
  readonly longShortRatio: number | null;
  readonly atRisk: readonly AtRisk[];
  readonly nearestLong: NamedCluster | null;
  readonly nearestShort: NamedCluster | null;
  readonly largestLong: NamedCluster | null;
  readonly largestShort: NamedCluster | null;
  readonly liquidated: readonly LiquidatedWindow[];
  /** Share of open interest without a known entry. */
  readonly unlocatedShare: number;
  /** Bars that the log may not hold yet, oldest first, the newest possibly still open. */
  readonly openBars: readonly Bar[];
  /** Days of history behind the map. */
  readonly historyDays: number;
  /** Entries of later bars are placed by their minutes, earlier ones by four prices; null where all are. */
  readonly minutesSinceMs: number | null;
  /** Share of opened quantity per leverage class in use, ascending; what they leave of 1 is never liquidated within reach. */
  readonly leverageMix: readonly { readonly leverage: number; readonly share: number }[];
  /** Of the contract in whose prices it is told. */
  readonly learning: LearningSummary;
  /** Every venue of the market and what it adds. */
  readonly members: readonly MarketMember[];
  /** Of the market behind it; null for one that is never closed. */
  readonly hours: MarketHours | null;
  /** Of the user's own positions on the market. */
  readonly ownLevels: readonly OwnLevel[];
  /** Contracts of the market whose accounts are public, and what they were seen to hold. */
  readonly observed: readonly ObservedLayer[];
  /** Share of the counted open interest that they were seen to hold, 0 to 1. */
  readonly observedShare: number;
  readonly riskTiers: { readonly source: 'venue' | 'bundled'; readonly asOfMs: number };
}
