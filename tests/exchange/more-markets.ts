import { deriveListing } from './derived-listing';
import type { Instrument } from './instruments';
import type { Listing } from './source-book';

/** Coins beside the exchange's own, in the order in which they are listed; prices are round figures. */
const COINS: readonly (readonly [asset: string, price: number])[] = [
  ['SOL', 150],
  ['XRP', 2],
  ['BNB', 900],
  ['ADA', 0.6],
  ['LINK', 15],
  ['AVAX', 20],
  ['LTC', 90],
  ['DOT', 3],
  ['UNI', 7],
  ['AAVE', 200],
  ['NEAR', 2.5],
  ['APT', 4],
  ['ARB', 0.4],
  ['OP', 0.6],
  ['SUI', 2.5],
  ['TON', 2],
  ['TRX', 0.3],
  ['BCH', 500],
  ['ETC', 18],
  ['FIL', 1.6],
  ['ATOM', 3],
  ['INJ', 9],
  ['SEI', 0.2],
  ['TIA', 1],
  ['WLD', 0.8],
  ['HYPE', 38],
  ['ENA', 0.4],
  ['LDO', 0.9],
  ['CRV', 0.5],
  ['FET', 0.3],
  ['RENDER', 2.5],
  ['STX', 0.5],
  ['IMX', 0.4],
  ['HBAR', 0.18],
  ['XLM', 0.3],
  ['ICP', 4],
  ['VET', 0.02],
  ['ALGO', 0.2],
  ['GALA', 0.01],
  ['SAND', 0.2],
  ['MANA', 0.2],
  ['AXS', 1.5],
  ['PENDLE', 3],
  ['JUP', 0.35],
  ['ONDO', 0.7],
];

/** Those of the markets that every venue has, under its own name. */
export const moreOf = (markets: ReadonlyMap<string, Listing>): Instrument[] =>
  [...markets.values()].map(({ instrument }) => instrument).filter(({ isEverywhere }) => isEverywhere);

/** Markets that move with `base` at prices and sizes of their own: many contracts for the cost of simulating one. */
export const moreMarkets = (base: Listing, count: number): Listing[] => {
  if (count > COINS.length) throw new Error(`the exchange knows ${COINS.length} more markets, not ${count}`);
  return COINS.slice(0, count).map(([asset, price], index) => {
    const priceFactor = price / base.instrument.typicalPrice;
    // Each a little smaller than the one before, so that the order by open interest is theirs.
    const qtyFactor = 0.9 ** index / priceFactor;
    const instrument = {
      ...base.instrument,
      symbol: `${asset}USDT`,
      baseAsset: asset,
      tickSize: 10 ** (Math.floor(Math.log10(price)) - 5),
      qtyStep: price > 50 ? 0.001 : 1,
      typicalPrice: price,
      isEverywhere: true as const,
    };
    return deriveListing(base, instrument, { priceFactor, qtyFactor });
  });
};
