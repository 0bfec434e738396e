import type { VenueId } from '@/lib/market/contract';
import type { SyntheticMarket } from '@/tests/market/synthetic-market';

import { createBinance } from './binance';
import { createBinanceCoin } from './binance-coin';
import { createBitget } from './bitget';
import { createBybit } from './bybit';
import { createVenueClock, type VenueClock } from './clock';
import { createFaultBook, type Fault, faultsOf } from './faults';
import { createGate } from './gate';
import { createHyperliquid } from './hyperliquid';
import type { MarketSource } from './market-source';
import { createOkx } from './okx';
import { type HostHandler, startServer } from './server';
import { createSourceBook, type Listing } from './source-book';
import {
  type CreateVenuePart,
  type ExchangeVenue,
  type Handshake,
  type LoggedRequest,
  type VenueContext,
  type VenuePart,
  viewOfPart,
} from './venue-part';

/** Every venue of the exchange: one line each. */
const VENUE_PARTS: Readonly<Record<VenueId, CreateVenuePart>> = {
  binance: createBinance,
  'binance-coin': createBinanceCoin,
  bybit: createBybit,
  gate: createGate,
  hyperliquid: createHyperliquid,
  okx: createOkx,
  bitget: createBitget,
};

export interface ExchangeOptions {
  /** 0 picks a free one. */
  readonly port?: number;
  /** Folder of recorded sets, with the names of those to replay; every other contract is synthetic. */
  readonly dataDir?: string;
  readonly sets?: readonly string[];
  /** What of a set is past at the start: 0.8 is 80 %. */
  readonly setShare?: number;
  /** Venue time at the start; default the machine's. */
  readonly startMs?: number;
  readonly speed?: number;
  readonly isPaused?: boolean;
  readonly seed?: number;
  /** Traders of the synthetic BTCUSDT; the other contracts have a third. */
  readonly traderCount?: number;
  /** Contracts to list beside the usual ones, at every venue. */
  readonly moreMarkets?: number;
  /** Some 25 markets of every class with prices of their own instead of the usual few, and a month of history behind each. */
  readonly isFull?: boolean;
  /** Contracts whose markets are made at once, so that the first request need not wait for them. */
  readonly warm?: readonly string[];
  readonly weightPerMinute?: number;
  /** Machine time in ms, for limits and clock. */
  readonly machineNow?: () => number;
  /** Asked after the exchange's own, e.g. for chart pages. */
  readonly handlers?: readonly HostHandler[];
}

export interface Exchange {
  readonly port: number;
  readonly clock: VenueClock;
  /** The markets that every venue's contracts move with, by the symbol of their first venue, Binance USD-M. */
  readonly listings: ReadonlyMap<string, Listing>;
  /** One venue's contracts, log, sockets and faults; the members below without a venue speak of all. */
  venue(id: VenueId): ExchangeVenue;
  /** A market, made when first asked for. Throws on a symbol that is not listed. */
  source(symbol: string): MarketSource;
  /** The positions behind a synthetic contract; null for a recorded one. */
  truth(symbol: string): SyntheticMarket | null;
  /** Returns the undo. */
  setFault(fault: Fault): () => void;
  clearFaults(): void;
  /** Every REST request since the start, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Path and query of every socket's handshake since the start. */
  readonly connections: readonly string[];
  /** Every origin that the browser asked, chart pages included. */
  readonly origins: ReadonlySet<string>;
  openSockets(): number;
  subscriptions(): string[];
  /** Pushes a contract's brackets on the streams that carry them, Binance's `!contractInfo`. */
  announceTiers(symbol: string): void;
  /** Forgets used weight and bans. */
  resetLimits(): void;
  addHandler(handler: HostHandler): void;
  close(): Promise<void>;
}

/**
 * The venues on loopback, under their own host names. With the same sets, seed and `startMs` the same closed bars are
 * served whatever the speed and the order of requests.
 */
export const startExchange = async (options: ExchangeOptions = {}): Promise<Exchange> => {
  const machineNow = options.machineNow ?? Date.now;
  const startMs = options.startMs ?? machineNow();
  const clock = createVenueClock({
    startMs,
    machineNow,
    speed: options.speed ?? 1,
    isPaused: options.isPaused ?? false,
  });
  const faults = createFaultBook();
  const { dataDir, sets, setShare, traderCount, moreMarkets, isFull, weightPerMinute } = options;
  const listings = createSourceBook({
    startMs,
    seed: options.seed ?? 1,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(sets === undefined ? {} : { sets }),
    ...(setShare === undefined ? {} : { setShare }),
    ...(traderCount === undefined ? {} : { traderCount }),
    ...(moreMarkets === undefined ? {} : { moreMarkets }),
    ...(isFull === undefined ? {} : { isFull }),
  });
  const requests: LoggedRequest[] = [];
  const handshakes: Handshake[] = [];
  const parts = new Map<VenueId, { readonly part: VenuePart; readonly view: ExchangeVenue }>();
  for (const [id, create] of Object.entries(VENUE_PARTS) as [VenueId, CreateVenuePart][]) {
    const context: VenueContext = {
      id,
      clock,
      markets: listings,
      faults: faultsOf(faults, id),
      machineNow,
      requests,
      handshakes,
    };
    const part = id === 'binance' ? createBinance(context, weightPerMinute) : create(context);
    parts.set(id, { part, view: viewOfPart(part, context) });
  }
  const all = [...parts.values()];
  const handlers = all.flatMap(({ part }) => part.handlers);
  const server = await startServer([...handlers, ...(options.handlers ?? [])], options.port);
  const listing = (symbol: string): Listing => {
    const found = listings.get(symbol);
    if (found === undefined) throw new Error(`the exchange does not list ${symbol}`);
    return found;
  };
  for (const symbol of options.warm ?? ['BTCUSDT']) listing(symbol).source().bar(startMs);
  return {
    port: server.port,
    clock,
    listings,
    venue(id) {
      const found = parts.get(id);
      if (found === undefined) throw new Error(`the exchange has no venue ${id}`);
      return found.view;
    },
    source: (symbol) => listing(symbol).source(),
    truth: (symbol) => listing(symbol).truth(),
    setFault: (fault) => faults.set(fault),
    clearFaults: () => faults.clear(),
    requests,
    get connections() {
      return handshakes.map(({ url }) => url);
    },
    origins: server.origins,
    openSockets: () => all.reduce((sum, { view }) => sum + view.openSockets(), 0),
    subscriptions: () => [...new Set(all.flatMap(({ view }) => view.subscriptions()))].sort(),
    announceTiers: (symbol) => {
      for (const { part } of all) if (part.listings.has(symbol)) part.announceTiers?.(symbol);
    },
    resetLimits: () => {
      for (const { part } of all) part.resetLimits();
    },
    addHandler: (handler) => server.addHandler(handler),
    async close() {
      for (const { part } of all) for (const host of part.streamHosts) host.close();
      await server.close();
    },
  };
};
