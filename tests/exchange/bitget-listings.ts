import { deriveListing } from './derived-listing';
import type { Instrument } from './instruments';
import { moreOf } from './more-markets';
import type { Listing } from './source-book';

/** A perpetual of Bitget's: everything is counted in base units. */
export interface BitgetListing extends Listing {
  /** Whether it follows something off the chain. */
  readonly isRwa: boolean;
}

/** Four basis points above the markets, a fifth of their trading. PEPE is quoted by the single coin. */
const ROWS = [
  { market: 'BTCUSDT', symbol: 'BTCUSDT', baseAsset: 'BTC', tickSize: 0.1, qtyStep: 0.0001, coins: 1 },
  { market: 'ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH', tickSize: 0.01, qtyStep: 0.01, coins: 1 },
  { market: '1000PEPEUSDT', symbol: 'PEPEUSDT', baseAsset: 'PEPE', tickSize: 1e-10, qtyStep: 1, coins: 1000 },
  { market: 'XAUUSDT', symbol: 'XAUUSDT', baseAsset: 'XAU', tickSize: 0.01, qtyStep: 0.001, coins: 1 },
] as const;
const rowOf = ({ symbol, baseAsset, tickSize, qtyStep }: Instrument) => ({
  market: symbol,
  symbol,
  baseAsset,
  tickSize,
  qtyStep,
  coins: 1,
});
const PRICE_FACTOR = 1.0004;
const TRADING_SHARE = 0.2;

export const createBitgetListings = (markets: ReadonlyMap<string, Listing>): ReadonlyMap<string, BitgetListing> =>
  new Map(
    [...ROWS, ...moreOf(markets).map(rowOf)].flatMap(({ market: marketSymbol, coins, ...own }) => {
      const market = markets.get(marketSymbol);
      if (market === undefined) return [];
      const instrument: Instrument = {
        ...market.instrument,
        ...own,
        // The venue maintains the whole position at its tier's rate.
        tiers: market.instrument.tiers.map((tier) => ({ ...tier, maintenanceAmount: 0 })),
      };
      const derivation = { priceFactor: PRICE_FACTOR / coins, qtyFactor: TRADING_SHARE * coins };
      const isRwa = market.instrument.contractType === 'TRADIFI_PERPETUAL';
      return [[own.symbol, { ...deriveListing(market, instrument, derivation), isRwa }]];
    }),
  );
