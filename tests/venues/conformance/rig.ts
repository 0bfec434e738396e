import type { Bar } from '@/lib/market/bar';
import type { Contract, VenueId } from '@/lib/market/contract';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import type { Trade } from '@/lib/market/trade';
import type { Venue, StreamHandlers, VenueEnvironment, VenueStream } from '@/lib/venues/venue';
import type { Exchange } from '@/tests/exchange';
import { createFetch, createSocket } from '@/tests/exchange/client';
import type { ExchangeVenue } from '@/tests/exchange/venue-part';

import type { VirtualTime } from '../virtual-time';

/** What the suite must know of a venue that its interface does not tell. */
export interface VenueCase {
  readonly id: VenueId;
  readonly make: (environment: VenueEnvironment, random: () => number) => Venue;
  /** The contract that everything is asked about; the exchange lists it. */
  readonly symbol: string;
  /** How some contracts of the exchange must be listed, each with at least its symbol. */
  readonly contracts: readonly (Partial<Contract> & Pick<Contract, 'symbol'>)[];
  /** Another one on the same connection; missing where the exchange lists none. */
  readonly neighbour?: string;
  /** What the exchange lists beside perpetuals, e.g. a dated future. */
  readonly absent: readonly string[];
  readonly hasMarkBars: boolean;
  /** Whether the stream of bars says which of them has closed. */
  readonly closesBars: boolean;
  /** The step in which requests tell the times of liquidations; 1 ms where it is missing. */
  readonly liquidationTimeStepMs?: number;
  /** Paths and queries that ask for risk tiers; null where the venue publishes none. */
  readonly tierRequests: RegExp | null;
}

export interface MarkEvent {
  readonly timeMs: number;
  readonly markPrice: number;
  readonly fundingRate: number;
  readonly nextFundingTimeMs: number;
}

/** A venue on the replay exchange, on machine time that moves only when told to, and everything that it pushed. */
export interface Rig {
  readonly venue: Venue;
  readonly exchangeVenue: ExchangeVenue;
  readonly time: VirtualTime;
  /** What came of which contract: `mark BTCUSDT`. */
  readonly told: string[];
  readonly trades: Trade[];
  readonly marks: MarkEvent[];
  readonly bars: { readonly bar: Bar; readonly isClosed: boolean }[];
  readonly liquidations: { readonly symbol: string; readonly liquidation: Liquidation }[];
  /** Contracts whose liquidations the venue does not push. */
  readonly refused: string[];
  /** Those of them that it does push in the end. */
  readonly accepted: string[];
  reconnects: number;
  open(): VenueStream;
  healthOf(stream: StreamName): string;
  /** Machine time passes while sockets and answers proceed. */
  pass(ms: number): Promise<void>;
  /** The same until the condition holds. */
  passUntil(condition: () => boolean): Promise<void>;
  /** The same until it is answered: statistics may be asked for once a second, of this time and of the exchange's machine. */
  passFor<T>(answer: Promise<T>): Promise<T>;
  close(): void;
}

/** Venue time at the start: amid a bar of five minutes. */
export const START_MS = 1_780_000_323_000;

/** What the parts of the suite share: made anew for each test, but for the exchange. */
export interface Stand {
  readonly venueCase: VenueCase;
  exchange: Exchange;
  rig: Rig;
  /** A second venue whose machine's clock is off. */
  rigAhead(machineOffsetMs: number): Rig;
}

const STEP_MS = 250;
/** Real time for the loopback sockets between two steps of the machine's. */
const BREATH_MS = 4;

/** `machineOffsetMs`: how far the machine's clock is ahead of the venue's at the start. */
export const createRig = (exchange: Exchange, time: VirtualTime, { id, make }: VenueCase, machineOffsetMs = 0): Rig => {
  const streams: VenueStream[] = [];
  const venue = make(
    {
      fetch: createFetch(exchange.port),
      createSocket: createSocket(exchange.port),
      now: () => time.now() + machineOffsetMs,
      setTimer: time.setTimer,
      hasHostAccess: () => Promise.resolve(true),
    },
    () => 1,
  );
  const pass: Rig['pass'] = async (ms) => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      time.advance(STEP_MS);
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    }
  };
  const handlers: StreamHandlers = {
    onTrade(symbol, trade) {
      rig.told.push(`trade ${symbol}`);
      rig.trades.push(trade);
    },
    onMark(symbol, mark) {
      rig.told.push(`mark ${symbol}`);
      rig.marks.push(mark);
    },
    onBar(symbol, bar, isClosed) {
      rig.told.push(`bar ${symbol}`);
      rig.bars.push({ bar, isClosed });
    },
    onLiquidation: (symbol, liquidation) => void rig.liquidations.push({ symbol, liquidation }),
    onLiquidationsRefused: (symbol) => void rig.refused.push(symbol),
    onLiquidationsAccepted: (symbol) => void rig.accepted.push(symbol),
    onTiersChanged: () => {},
    onReconnect: () => void (rig.reconnects += 1),
    onHealth: () => {},
  };
  const rig: Rig = {
    venue,
    exchangeVenue: exchange.venue(id),
    time,
    told: [],
    trades: [],
    marks: [],
    bars: [],
    liquidations: [],
    refused: [],
    accepted: [],
    reconnects: 0,
    open() {
      const stream = venue.openStream(handlers);
      streams.push(stream);
      return stream;
    },
    healthOf: (name) => venue.health().streams.find(({ stream }) => stream === name)!.state,
    pass,
    async passUntil(condition) {
      while (!condition()) await pass(STEP_MS);
    },
    async passFor(answer) {
      exchange.resetLimits();
      let isAnswered = false;
      const done = answer.finally(() => {
        isAnswered = true;
      });
      await rig.passUntil(() => isAnswered);
      return done;
    },
    close() {
      for (const stream of streams) stream.close();
    },
  };
  return rig;
};
