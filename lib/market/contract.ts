import type { AssetClass } from './asset-class';

/** Every venue the product knows; a new one adds its name here, its file in `lib/venues` and a line in the registry. */
export type VenueId = 'binance' | 'binance-coin' | 'bybit' | 'gate' | 'hyperliquid' | 'okx' | 'bitget';

/** `binance:BTCUSDT`: unique over all venues, used as a key everywhere. */
export type ContractId = `${VenueId}:${string}`;

/**
 * `linear`: margined in the quote asset; quantities (volume, open interest, liquidations) are in base units.
 * `inverse`: margined in the base asset, each contract worth a fixed sum of USD; quantities are in USD.
 */
export type Settlement = 'linear' | 'inverse';

/** A perpetual futures contract as its venue lists it. */
export interface Contract {
  readonly id: ContractId;
  readonly venueId: VenueId;
  /** The venue's own name, e.g. `BTCUSDT`. */
  readonly symbol: string;
  /** Underlying without multiplier, e.g. `PEPE` for `1000PEPEUSDT`. */
  readonly baseAsset: string;
  /** 1000 for `1000PEPEUSDT`, else 1: one contract unit is this many base assets. */
  readonly multiplier: number;
  readonly quoteAsset: string;
  readonly assetClass: AssetClass;
  readonly settlement: Settlement;
  readonly tickSize: number;
  readonly qtyStep: number;
  readonly isTrading: boolean;
  readonly listedTimeMs: number;
  /** From then on a stream of all of the venue's liquidations tells this contract's too; left out where it always did. Venue time. */
  readonly feedFromMs?: number;
}

/** Worth a dollar. `USD` goes first: DOTUSD is DOT in USD, not DO in TUSD. */
export const DOLLAR_QUOTES: readonly string[] = ['USD', 'USDT', 'USDC', 'FDUSD', 'BUSD', 'TUSD', 'USDE', 'USD1'];

/** Sums are in dollars: those of a contract in another quote, as of ETHBTC in BTC, would be wrong by that asset's price. */
export const isDollar = (quoteAsset: string): boolean => DOLLAR_QUOTES.includes(quoteAsset);

/** Worth of a quantity in the contract's unit at a price; USDT, USDC and USD are taken at parity. */
export const usdOf = ({ settlement }: Pick<Contract, 'settlement'>, qty: number, price: number): number =>
  settlement === 'inverse' ? qty : qty * price;

/** Unique over all venues: `binance:BTCUSDT`. */
export const contractId = (venueId: VenueId, symbol: string): ContractId => `${venueId}:${symbol}`;

/** The venue named in a contract's id. */
export const venueIdOf = (id: ContractId): VenueId => id.slice(0, id.indexOf(':')) as VenueId;

/** Whether the id names one contract rather than a whole venue. */
export const namesContract = (id: VenueId | ContractId): id is ContractId => id.includes(':');
