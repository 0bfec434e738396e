import type { VenueId } from '@/lib/market/contract';

import type { VenueClock } from './clock';
import type { Fault, FaultBook } from './faults';
import type { MarketSource } from './market-source';
import type { HostHandler } from './server';
import type { Listing } from './source-book';
import type { Frame, StreamHost } from './stream-host';

/** One request as it came in, whatever became of it. */
export interface LoggedRequest {
  readonly venue: VenueId;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  /** What was posted; empty for a GET. */
  readonly body: string;
  readonly weight: number;
  /** Machine time. */
  readonly timeMs: number;
  /** Venue time. */
  readonly venueTimeMs: number;
  /** 0 where no answer was given (yet). */
  status: number;
}

/** A socket's handshake: path and query. */
export interface Handshake {
  readonly venue: VenueId;
  readonly url: string;
}

/** What a venue of the exchange is given. */
export interface VenueContext {
  readonly id: VenueId;
  readonly clock: VenueClock;
  /** The markets behind every venue: `deriveListing` makes a venue's own contract of one. */
  readonly markets: ReadonlyMap<string, Listing>;
  /** The faults that concern this venue. */
  readonly faults: FaultBook;
  /** Machine time. */
  readonly machineNow: () => number;
  /** Where every venue's hosts log what they are asked. */
  readonly requests: LoggedRequest[];
  readonly handshakes: Handshake[];
}

/** One venue of the exchange: its hosts, and what they offer. */
export interface VenuePart {
  readonly handlers: readonly HostHandler[];
  readonly streamHosts: readonly StreamHost[];
  /** The venue's own contracts by symbol. */
  readonly listings: ReadonlyMap<string, Listing>;
  /** Forgets used weight and bans. */
  resetLimits(): void;
  /** Pushes a contract's brackets, where the venue has a stream of them. */
  announceTiers?(symbol: string): void;
}

export type CreateVenuePart = (context: VenueContext) => VenuePart;

/** One venue as a test sees it. */
export interface ExchangeVenue {
  readonly listings: ReadonlyMap<string, Listing>;
  /** Throws on a symbol that the venue does not list. */
  source(symbol: string): MarketSource;
  readonly requests: readonly LoggedRequest[];
  readonly connections: readonly string[];
  openSockets(): number;
  /** Names that some open socket has subscribed to. */
  subscriptions(): string[];
  /** To everyone who has subscribed to the stream, beside what happens in the venue's time. */
  publish(stream: string, ...frames: readonly Frame[]): void;
  /** What a stream has to say about the venue time in (fromMs, toMs]. */
  frames(stream: string, fromMs: number, toMs: number): readonly Frame[];
  /** Drops subscriptions without a word. */
  forget(match: RegExp): void;
  /** A fault of this venue alone; returns the undo. */
  setFault(fault: Fault): () => void;
}

export const viewOfPart = (part: VenuePart, { id, requests, handshakes, faults }: VenueContext): ExchangeVenue => ({
  listings: part.listings,
  source(symbol) {
    const listing = part.listings.get(symbol);
    if (listing === undefined) throw new Error(`${id} does not list ${symbol}`);
    return listing.source();
  },
  get requests() {
    return requests.filter(({ venue }) => venue === id);
  },
  get connections() {
    return handshakes.flatMap(({ venue, url }) => (venue === id ? url : []));
  },
  openSockets: () => part.streamHosts.reduce((sum, host) => sum + host.openSockets(), 0),
  subscriptions: () => [...new Set(part.streamHosts.flatMap((host) => host.subscriptions()))].sort(),
  publish(stream, ...frames) {
    for (const host of part.streamHosts) host.publish(stream, ...frames);
  },
  frames: (stream, fromMs, toMs) => part.streamHosts.flatMap((host) => host.frames(stream, fromMs, toMs)),
  forget(match) {
    for (const host of part.streamHosts) host.forget(match);
  },
  setFault: (fault) => faults.set({ ...fault, venue: id }),
});
