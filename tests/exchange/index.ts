import type { SyntheticMarket } from '@/tests/market/synthetic-market';

import { createBinance } from './binance';
import type { LoggedRequest } from './binance-limits';
import { createVenueClock, type VenueClock } from './clock';
import { createFaultBook, type Fault } from './faults';
import type { MarketSource } from './market-source';
import { type HostHandler, startServer } from './server';
import { createSourceBook, type Listing } from './source-book';

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
  readonly listings: ReadonlyMap<string, Listing>;
  /** A contract's market, made when first asked for. Throws on a symbol that is not listed. */
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
  openSockets(): number;
  subscriptions(): string[];
  /** Pushes a contract's brackets on `!contractInfo`. */
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
  const { dataDir, sets, setShare, traderCount, weightPerMinute } = options;
  const listings = createSourceBook({
    startMs,
    seed: options.seed ?? 1,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(sets === undefined ? {} : { sets }),
    ...(setShare === undefined ? {} : { setShare }),
    ...(traderCount === undefined ? {} : { traderCount }),
  });
  const binance = createBinance({
    clock,
    listings,
    faults,
    machineNow,
    ...(weightPerMinute === undefined ? {} : { weightPerMinute }),
  });
  const server = await startServer([...binance.handlers, ...(options.handlers ?? [])], options.port);
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
    source: (symbol) => listing(symbol).source(),
    truth: (symbol) => listing(symbol).truth(),
    setFault: (fault) => faults.set(fault),
    clearFaults: () => faults.clear(),
    requests: binance.requests,
    connections: binance.connections,
    openSockets: binance.openSockets,
    subscriptions: binance.subscriptions,
    announceTiers: (symbol) => binance.announceTiers(symbol),
    resetLimits: () => binance.resetLimits(),
    addHandler: (handler) => server.addHandler(handler),
    async close() {
      binance.close();
      await server.close();
    },
  };
};
