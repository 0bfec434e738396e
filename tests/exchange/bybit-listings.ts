import { tiersFromRows } from '@/tests/market/synthetic-margin';

import { deriveListing } from './derived-listing';
import type { Instrument } from './instruments';
import type { Listing } from './source-book';

export type Category = 'linear' | 'inverse';

/** A contract as Bybit lists it. */
export interface BybitListing extends Listing {
  readonly category: Category;
  readonly quoteCoin: 'USDT' | 'USDC' | 'USD';
}

/** Trades three basis points above the market, and 40 % of what is traded there. */
const PRICE_FACTOR = 1.0003;
const QTY_FACTOR = 0.4;

/** In coin, as brackets of inverse contracts are. */
const INVERSE_TIERS = tiersFromRows([
  [150, 0.005, 100],
  [300, 0.01, 50],
  [600, 0.015, 33],
  [900, 0.02, 25],
  [1_500, 0.035, 14],
]);

/** Every market as a linear contract of the same name; bitcoin also in USDC and as an inverse contract. */
export const createBybitListings = (markets: ReadonlyMap<string, Listing>): ReadonlyMap<string, BybitListing> => {
  const listings = new Map<string, BybitListing>();
  const add = (
    market: Listing,
    instrument: Instrument,
    qtyFactor: number,
    category: Category,
    quoteCoin: BybitListing['quoteCoin'],
  ): void => {
    const listing = deriveListing(market, instrument, { priceFactor: PRICE_FACTOR, qtyFactor });
    listings.set(instrument.symbol, { ...listing, category, quoteCoin });
  };
  for (const [symbol, market] of markets) {
    const { instrument } = market;
    add(market, { ...instrument, symbol }, QTY_FACTOR, 'linear', 'USDT');
    if (symbol !== 'BTCUSDT') continue;
    add(market, { ...instrument, symbol: 'BTCPERP' }, QTY_FACTOR / 20, 'linear', 'USDC');
    const inverse = { ...instrument, symbol: 'BTCUSD', qtyStep: 1, tiers: INVERSE_TIERS };
    add(market, inverse, (QTY_FACTOR / 5) * instrument.typicalPrice, 'inverse', 'USD');
  }
  return listings;
};
