import type { TimeSpan } from '@/lib/core/ranges';
import type { Result } from '@/lib/core/result';
import type { AccountPosition } from '@/lib/market/account-position';
import type { Bar, BarMinutes, OpenInterestPoint } from '@/lib/market/bar';
import type { Contract, VenueId } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Liquidation, LiquidationTotal } from '@/lib/market/liquidation';
import type { LimitUse } from '@/lib/market/request-limit';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import type { Trade } from '@/lib/market/trade';
import type { TradingSchedule } from '@/lib/market/trading-hours';

/** Why a request gave nothing. */
export interface VenueError {
  /**
   * `network` unreachable or timed out, `limited` asked to wait (429, 418), `blocked` refused for the user's location (451, 403),
   * `withheld` the browser lacks host access, `http` any other status, `schema` an answer of another shape, `aborted` by us.
   */
  readonly kind: 'network' | 'limited' | 'blocked' | 'withheld' | 'http' | 'schema' | 'aborted';
  /** For the user, as `cause` writes it. */
  readonly message: string;
  /** For the log: endpoint, status, schema path. */
  readonly detail: string;
  readonly retryAtMs: number | null;
}

/** Figures that a venue offers only as "now". */
export interface Snapshot {
  readonly openInterest: OpenInterestPoint | null;
  readonly markPrice: number | null;
  readonly fundingRate: number | null;
  readonly nextFundingTimeMs: number | null;
  readonly fundingIntervalMs: number | null;
  /** Venue's own clock when it answered. */
  readonly venueTimeMs: number | null;
}

/** What a venue pushes, normalised. All times are the venue's. */
export interface StreamHandlers {
  readonly onTrade: (symbol: string, trade: Trade) => void;
  readonly onMark: (
    symbol: string,
    mark: { timeMs: number; markPrice: number; fundingRate: number; nextFundingTimeMs: number },
  ) => void;
  /** The bar still open, or the last update of a bar that has closed. Its mark fields are NaN. */
  readonly onBar: (symbol: string, bar: Bar, isClosed: boolean, timeMs: number) => void;
  readonly onLiquidation: (symbol: string, liquidation: Liquidation) => void;
  /** The venue refused to push this contract's liquidations, though it pushes others'; until it takes them or `onReconnect`. */
  readonly onLiquidationsRefused: (symbol: string) => void;
  readonly onLiquidationsAccepted: (symbol: string) => void;
  /** A contract's brackets changed: fetch them anew. */
  readonly onTiersChanged: (symbol: string) => void;
  /** The connection was replaced: whatever was pushed meanwhile is lost and must be fetched. */
  readonly onReconnect: () => void;
  /** Some stream's health changed. */
  readonly onHealth: () => void;
}

export interface VenueStream {
  /** Follows exactly these symbols from now on. */
  follow(symbols: readonly string[]): void;
  /** Liquidations of exactly these contracts besides those followed; a venue with one stream for all of them takes that. */
  followLiquidations(symbols: readonly string[]): void;
  /** Try to connect now if waiting. */
  retry(): void;
  close(): void;
}

/** One-minute bars, as the minutes of the bars that they make up. */
export interface MinuteHistory {
  /** Most bars that one page tells of. */
  readonly barsPerPage: number;
  /** How far back the venue tells them; what is older is refused. */
  readonly reachMs: number;
  /** The minutes of closed bars in a range of at most a page, oldest first; bars that the venue lacks a minute of are left out. */
  fetch(symbol: string, range: TimeSpan, signal: AbortSignal): Promise<Result<readonly BarMinutes[], VenueError>>;
}

/** Public data of one exchange, in the product's own types. A wire format never leaves the venue's file. */
export interface Venue {
  readonly id: VenueId;
  /** Written in the user's language nowhere: a name. */
  readonly name: string;
  fetchContracts(signal: AbortSignal): Promise<Result<readonly Contract[], VenueError>>;
  /** The venue's brackets, or the bundled ones when it gives none; fails never. */
  fetchRiskTiers(symbol: string, signal: AbortSignal): Promise<RiskTiers>;
  /** Closed bars of `BAR_MS` in the range, oldest first, at most one page: ask again from the last one's end. Mark fields are NaN where the venue has none. */
  fetchBars(symbol: string, range: TimeSpan, signal: AbortSignal): Promise<Result<readonly Bar[], VenueError>>;
  /** What happened inside bars, where the venue lists minutes by the day and not by the hour. */
  readonly minutes?: MinuteHistory;
  /** Hourly bars from before the history, to locate the open interest that exists when it begins. */
  fetchHourlyBars(symbol: string, range: TimeSpan, signal: AbortSignal): Promise<Result<readonly Bar[], VenueError>>;
  /** Open interest at multiples of `BAR_MS`, oldest first, at most one page. */
  fetchOpenInterest(
    symbol: string,
    range: TimeSpan,
    signal: AbortSignal,
  ): Promise<Result<readonly OpenInterestPoint[], VenueError>>;
  /** Most bars and open interest points that one page holds, so that a long range can be asked for in parallel. */
  readonly barsPerPage: number;
  readonly openInterestPerPage: number;
  /** How far back `fetchOpenInterest` reaches; 0 where the venue keeps no history and its polled figures are stored instead. */
  readonly openInterestReachMs: number;
  fetchSnapshot(symbol: string, signal: AbortSignal): Promise<Result<Snapshot, VenueError>>;
  /** Open interest of the moment in the contract's unit, cheaply; only where `fetchTickers` does not tell it. */
  readonly fetchOpenInterestNow?: (symbol: string, signal: AbortSignal) => Promise<Result<number, VenueError>>;
  /** Accounts long / accounts short; null where the venue has none. */
  fetchLongShortRatio(symbol: string, signal: AbortSignal): Promise<Result<number | null, VenueError>>;
  /** Figures of every contract in one request or a few. */
  fetchTickers(signal: AbortSignal): Promise<Result<readonly Ticker[], VenueError>>;
  /** When the markets behind metals, commodities and shares are open; only where the venue tells it. */
  readonly fetchTradingSchedule?: (signal: AbortSignal) => Promise<Result<TradingSchedule, VenueError>>;
  /** Past liquidations of a contract, oldest first, at most one page; null where the venue tells none. */
  readonly fetchLiquidations:
    | ((symbol: string, range: TimeSpan, signal: AbortSignal) => Promise<Result<readonly Liquidation[], VenueError>>)
    | null;
  /** Whether an answer tells all of the asked range, so that an empty one means that there was nothing; false where it is not known how far back it reaches. */
  readonly tellsWholeRange?: boolean;
  /** How long after it happened its stream may still tell a liquidation; left out where it tells each at once. */
  readonly liquidationLagMs?: number;
  /** Sums of all liquidations per closed bar, oldest first, at most one page; only where the venue publishes them. */
  readonly fetchLiquidationTotals?: (
    symbol: string,
    range: TimeSpan,
    signal: AbortSignal,
  ) => Promise<Result<readonly LiquidationTotal[], VenueError>>;
  /** What a public account holds of a contract, null for nothing; only where the venue publishes positions. */
  readonly fetchPosition?: (
    symbol: string,
    account: string,
    signal: AbortSignal,
  ) => Promise<Result<AccountPosition | null, VenueError>>;
  /** Venue's clock in ms. */
  fetchTime(signal: AbortSignal): Promise<Result<number, VenueError>>;
  openStream(handlers: StreamHandlers): VenueStream;
  /** Streams' and requests' state, as of now. */
  health(): VenueHealth;
  /** What its requests have used of its limits, as of now. */
  limits(): readonly LimitUse[];
  /** Forget waits and blocks, so that the next request is really sent. */
  retry(): void;
}

/** What a venue is given: it finds no globals. */
export interface VenueEnvironment {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly createSocket: (url: string) => WebSocket;
  /** Machine time. */
  readonly now: () => number;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** Whether the browser lets us reach this origin, e.g. `https://fapi.binance.com/*`. */
  readonly hasHostAccess: (origin: string) => Promise<boolean>;
}
