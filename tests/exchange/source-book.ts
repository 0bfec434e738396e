import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createSyntheticMarket, DEFAULT_OPTIONS, type SyntheticMarket } from '@/tests/market/synthetic-market';
import { mixSeeds, seedFromText } from '@/tests/market/synthetic-random';

import { createRecordedSupply, createSyntheticSupply } from './bar-supply';
import { FULL_DAYS, fullMarket } from './full-market';
import { type Instrument, INSTRUMENTS } from './instruments';
import { withPast } from './made-up-set';
import { createMarketSource, type MarketSource } from './market-source';
import { moreMarkets } from './more-markets';
import { once } from './once';
import { readRecordedSet } from './recorded-set';

/** A contract that the exchange offers; its market is only made when first asked for. */
export interface Listing {
  readonly instrument: Instrument;
  readonly listedTimeMs: number;
  /** Name of the recording behind it, or null for the synthetic market. */
  readonly recording: string | null;
  source(): MarketSource;
  /** The positions behind the levels; null for a recording, whose positions nobody knows. */
  truth(): SyntheticMarket | null;
}

export interface SourceBookOptions {
  /** Venue time at the start. */
  readonly startMs: number;
  readonly seed: number;
  readonly dataDir?: string;
  /** Names of the sets to replay; the other contracts are synthetic. */
  readonly sets?: readonly string[];
  /** What of a set is past at the start: 0.8 is 80 %. */
  readonly setShare?: number;
  /** For the main contract; the others have a third. */
  readonly traderCount?: number;
  /** Contracts to list beside the usual ones; they move with one of these. */
  readonly moreMarkets?: number;
  /** Every class of markets with a month of its own behind it; the recording gets one before its start. */
  readonly isFull?: boolean;
}

const DEFAULT_SET_SHARE = 0.8;
const MINOR_TRADERS_SHARE = 1 / 3;
/** Of a full market's main contract: of its open interest, a day. */
const LIQUIDATED_SHARE = 0.008;
const MORE_MARKETS_LIKE = 'ETHUSDT';

export const createSourceBook = (options: SourceBookOptions): ReadonlyMap<string, Listing> => {
  const listings = new Map<string, Listing>();
  for (const name of options.sets ?? []) {
    if (options.dataDir === undefined) throw new Error(`set ${name} without a folder of data`);
    const listing = listRecording(options.dataDir, name, options);
    listings.set(listing.instrument.symbol, listing);
  }
  const main = listings.get(INSTRUMENTS[0].symbol) ?? listSynthetic(INSTRUMENTS[0], options);
  listings.set(INSTRUMENTS[0].symbol, main);
  if (options.isFull === true) {
    for (const listing of fullMarket(main, options.startMs, options.seed)) {
      if (!listings.has(listing.instrument.symbol)) listings.set(listing.instrument.symbol, listing);
    }
  }
  for (const instrument of INSTRUMENTS) {
    if (!listings.has(instrument.symbol)) listings.set(instrument.symbol, listSynthetic(instrument, options));
  }
  const base = listings.get(MORE_MARKETS_LIKE);
  if (base === undefined) throw new Error(`the exchange does not list ${MORE_MARKETS_LIKE}`);
  for (const listing of moreMarkets(base, options.moreMarkets ?? 0)) {
    if (!listings.has(listing.instrument.symbol)) listings.set(listing.instrument.symbol, listing);
  }
  return listings;
};

const listRecording = (dir: string, name: string, options: SourceBookOptions): Listing => {
  const recorded = readRecordedSet(dir, name);
  const recordedPast = Math.floor(recorded.bars.length * (options.setShare ?? DEFAULT_SET_SHARE));
  const lack = options.isFull === true ? Math.max(0, (FULL_DAYS * DAY_MS) / BAR_MS - recordedPast) : 0;
  const set = options.isFull === true ? withPast(recorded, lack, LIQUIDATED_SHARE, options.seed) : recorded;
  const past = recordedPast + lack;
  const listedTimeMs = floorToStep(options.startMs, BAR_MS) - past * BAR_MS;
  const source = once(() =>
    createMarketSource(set.instrument, createRecordedSupply(set, listedTimeMs - set.firstOpenTimeMs, options.seed)),
  );
  return { instrument: set.instrument, listedTimeMs, recording: name, source, truth: () => null };
};

const listSynthetic = (instrument: Instrument, options: SourceBookOptions): Listing => {
  const isMain = instrument.symbol === INSTRUMENTS[0]?.symbol;
  const traderCount = options.traderCount ?? DEFAULT_OPTIONS.traderCount;
  const listedTimeMs = floorToStep(options.startMs, BAR_MS) - instrument.listedDays * DAY_MS;
  const isYoung = instrument.listedDays * DAY_MS < DEFAULT_OPTIONS.warmupBars * BAR_MS;
  const market = once(() =>
    createSyntheticMarket({
      ...DEFAULT_OPTIONS,
      seed: mixSeeds(options.seed, seedFromText(instrument.symbol)),
      startMs: listedTimeMs,
      initialPrice: instrument.typicalPrice,
      tickSize: instrument.tickSize,
      qtyStep: instrument.qtyStep,
      tiers: instrument.tiers,
      volatility: instrument.volatility,
      population: { ...DEFAULT_OPTIONS.population, medianNotional: instrument.typicalNotional },
      traderCount: Math.ceil(isMain ? traderCount : traderCount * MINOR_TRADERS_SHARE),
      // A contract that has just been listed begins empty.
      warmupBars: isYoung ? 0 : DEFAULT_OPTIONS.warmupBars,
    }),
  );
  const source = once(() => createMarketSource(instrument, createSyntheticSupply(market())));
  return { instrument, listedTimeMs, recording: null, source, truth: market };
};
