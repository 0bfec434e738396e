import type { AssetClass } from './asset-class';
import type { ContractId, VenueId } from './contract';
import type { ByWindow, LiquidatedSums } from './realised';
import type { AtRisk, Cluster } from './summary';

/** What only a map tells, and a map exists only of what somebody watches. */
export interface ReportMap {
  readonly atRisk: readonly AtRisk[];
  readonly nearestLong: Cluster | null;
  readonly nearestShort: Cluster | null;
}

/** One underlying over all venues. Null is "not observed". */
export interface ReportRow {
  readonly marketId: string;
  readonly baseAsset: string;
  readonly assetClass: AssetClass;
  /** The contract with the most open interest, whose price, change and funding these are. */
  readonly contractId: ContractId;
  /** Of one base asset, also where the contract is of a thousand. */
  readonly price: number;
  readonly change24h: number | null;
  /** Of every contract that is listed. */
  readonly changes24h: Readonly<Partial<Record<ContractId, number | null>>>;
  /** Fraction per interval of the contract. */
  readonly fundingRate: number | null;
  readonly fundingIntervalMs: number | null;
  /** One side, all venues that told. */
  readonly openInterestUsd: number;
  /** Over 24 hours, as a fraction; null where nobody has watched for as long. */
  readonly openInterestChange24h: number | null;
  /** Venues that list it, but whose open interest of it is not known (yet). */
  readonly missingVenueIds: readonly VenueId[];
  readonly liquidated: ByWindow<LiquidatedSums>;
  /** Null: not computed. */
  readonly map: ReportMap | null;
}

/** The whole market at a glance, by open interest. */
export interface MarketReport {
  readonly asOfMs: number;
  readonly rows: readonly ReportRow[];
  /** Who told, how long ago, and why not lately. */
  readonly venues: readonly {
    readonly venueId: VenueId;
    readonly ageMs: number | null;
    readonly problem: string | null;
  }[];
}
