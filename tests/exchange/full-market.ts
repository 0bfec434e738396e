import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createRandom, mixSeeds, seedFromText } from '@/tests/market/synthetic-random';

import { createRecordedSupply } from './bar-supply';
import { type Instrument, INSTRUMENTS } from './instruments';
import { type Lead, makeUpBars, makeUpLiquidations } from './made-up-set';
import { createMarketSource, type MarketSource } from './market-source';
import { once } from './once';
import type { RecordedSet } from './recorded-set';
import type { Listing } from './source-book';

/** Days that are told of every market: those of a map and some more. */
export const FULL_DAYS = 32;
/** In which markets still follow the first one; later each goes its own way. */
const COMING_BARS = 288;
const BARS_PER_DAY = 288;
/** How much more of one side than of the other is liquidated at most. */
const MOST_LEAN = 0.6;

const UNDERLYING = { coin: 'COIN', metal: 'COMMODITY', commodity: 'COMMODITY', stock: 'EQUITY' } as const;
type Kind = keyof typeof UNDERLYING;
type Row = readonly [
  asset: string,
  kind: Kind,
  price: number,
  /** Million USD at the first venue. */
  openInterest: number,
  turnover: number,
  volatility: number,
  beta: number,
  /** Of open interest, a day. */
  liquidated: number,
];

/** Round figures in the proportions of September 2024, when the recordings begin. */
const ROWS: readonly Row[] = [
  ['ETH', 'coin', 2_340, 3_100, 4, 0.0006, 1.15, 0.006],
  ['SOL', 'coin', 131, 1_050, 4, 0.0009, 1.3, 0.008],
  ['XRP', 'coin', 0.5835, 420, 3, 0.001, 0.8, 0.009],
  ['DOGE', 'coin', 0.101, 310, 4, 0.0011, 1.4, 0.012],
  ['BNB', 'coin', 552, 260, 2, 0.0005, 0.8, 0.003],
  ['SUI', 'coin', 1.118, 150, 5, 0.0018, 1.5, 0.015],
  ['1000PEPE', 'coin', 0.00765, 120, 5, 0.0017, 1.7, 0.016],
  ['AVAX', 'coin', 24.1, 110, 3, 0.0011, 1.3, 0.009],
  ['LINK', 'coin', 10.9, 105, 2, 0.0009, 1.1, 0.006],
  ['TON', 'coin', 5.58, 95, 2, 0.001, 1, 0.006],
  ['ADA', 'coin', 0.347, 90, 2, 0.0009, 1.1, 0.007],
  ['WLD', 'coin', 1.49, 85, 5, 0.0018, 1.5, 0.014],
  ['AAVE', 'coin', 143, 70, 3, 0.0013, 1.1, 0.01],
  ['LTC', 'coin', 65.2, 62, 2, 0.0007, 0.9, 0.004],
  ['NEAR', 'coin', 4.05, 60, 3, 0.0013, 1.4, 0.009],
  ['ENA', 'coin', 0.262, 42, 4, 0.002, 1.5, 0.014],
  ['YOUNG', 'coin', 1.25, 9, 6, 0.003, 1, 0.02],
  ['XAU', 'metal', 2_569, 240, 2, 0.0004, 0, 0.005],
  ['XAG', 'metal', 30.72, 130, 2, 0.0007, 0, 0.006],
  ['XPT', 'metal', 981, 14, 1, 0.0007, 0, 0.004],
  ['WTI', 'commodity', 70.95, 75, 2, 0.0008, 0, 0.006],
  ['NATGAS', 'commodity', 2.305, 26, 3, 0.0014, 0, 0.01],
  ['COPPER', 'commodity', 4.22, 16, 1, 0.0006, 0, 0.008],
  ['TSLA', 'stock', 228, 38, 3, 0.001, 0.2, 0.007],
  ['NVDA', 'stock', 116, 35, 3, 0.0009, 0.2, 0.006],
];

/**
 * Markets of every class beside the first, each with prices of its own that follow the first one's as far as such an
 * asset does, of a month and more. A market costs little until it is asked for.
 */
export const fullMarket = (leader: Listing, startMs: number, seed: number): Listing[] => {
  const firstMs = floorToStep(startMs, BAR_MS) - FULL_DAYS * DAY_MS;
  const lead = once((): Lead => {
    const source = leader.source();
    return Array.from({ length: FULL_DAYS * BARS_PER_DAY + COMING_BARS }, (_, i) =>
      source.bar(firstMs + i * BAR_MS).path.prices.slice(),
    );
  });
  return ROWS.map((row) => {
    const instrument = instrumentOf(row);
    const listedTimeMs = firstMs + (FULL_DAYS - instrument.listedDays) * DAY_MS;
    const source = once((): MarketSource => {
      const set = makeUpSet(row, instrument, lead().slice((listedTimeMs - firstMs) / BAR_MS), listedTimeMs, seed);
      return createMarketSource(instrument, createRecordedSupply(set, 0, seed));
    });
    return { instrument, listedTimeMs, recording: null, source, truth: () => null };
  });
};

const makeUpSet = (
  row: Row,
  instrument: Instrument,
  lead: Lead,
  firstOpenTimeMs: number,
  seed: number,
): RecordedSet => {
  const [asset, , price, openInterest, turnover, volatility, beta, liquidated] = row;
  const trading = { price, openInterest: (openInterest * 1e6) / price, turnover, volatility, beta };
  const ownSeed = mixSeeds(seed, seedFromText(asset));
  const bars = makeUpBars(instrument, trading, lead, instrument.listedDays * BARS_PER_DAY, ownSeed);
  return {
    name: asset,
    instrument,
    firstOpenTimeMs,
    initialOpenInterest: bars[0].openInterest,
    bars,
    markOpens: bars.map(() => NaN),
    liquidations: makeUpLiquidations(
      bars,
      firstOpenTimeMs,
      liquidated,
      MOST_LEAN * (2 * createRandom(ownSeed).next() - 1),
    ),
  };
};

/** As the exchange lists it anyway, else like another of its kind; then every venue has it. */
const instrumentOf = ([asset, kind, price]: Row): Instrument => {
  const symbol = `${asset}USDT`;
  const listed = INSTRUMENTS.find((instrument) => instrument.symbol === symbol);
  const like = INSTRUMENTS.find((instrument) => instrument.baseAsset === (kind === 'coin' ? 'DOGE' : 'XAU'));
  if (like === undefined) throw new Error(`the exchange lists nothing like ${asset}`);
  const isListedByAll = listed !== undefined && ['ETH', '1000PEPE', 'XAU'].includes(asset);
  return {
    ...like,
    symbol,
    baseAsset: asset,
    underlyingType: UNDERLYING[kind],
    tickSize: 10 ** (Math.floor(Math.log10(price)) - 4),
    qtyStep: price > 50 ? 0.001 : 1,
    ...listed,
    typicalPrice: price,
    listedDays: Math.min(FULL_DAYS, listed?.listedDays ?? FULL_DAYS),
    ...(isListedByAll || asset === 'YOUNG' ? {} : { isEverywhere: true }),
  };
};
