import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import type { Ticker } from '@/lib/market/ticker';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';
import type { VenueSession } from '@/lib/services/venue/venue-session';

/** One request or a few of each venue, the dearest 50 of a weight of 1440 a minute. */
const POLL_MS = 30 * SECOND_MS;
/** Older figures are no report of the market as it is. */
const FRESH_MS = 5 * MINUTE_MS;

/** A contract with its figures of the moment. */
export interface ListedTicker {
  readonly contract: Contract;
  readonly ticker: Ticker;
}

/** Every contract's figures, asked of each venue at once, while somebody reads the report. */
export interface TickerPoll {
  start(): void;
  stop(): void;
  readonly tickers: ReadonlyMap<ContractId, ListedTicker>;
  /** When each venue answered last, and why it did not lately. */
  venues(): { readonly venueId: VenueId; readonly ageMs: number | null; readonly problem: string | null }[];
}

export function createTickerPoll(options: {
  readonly venues: readonly VenueSession[];
  readonly isOff: (venueId: VenueId) => boolean;
  readonly environment: ServiceEnvironment;
  readonly onTickers: (listed: readonly ListedTicker[]) => void;
}): TickerPoll {
  const { venues, isOff, environment, onTickers } = options;
  const tickers = new Map<ContractId, ListedTicker>();
  const answeredMs = new Map<VenueId, number>();
  const problems = new Map<VenueId, string>();
  let abort: AbortController | null = null;

  const forget = (venueId: VenueId): void => {
    for (const [id, { contract }] of tickers) if (contract.venueId === venueId) tickers.delete(id);
  };

  const fetchListed = async (session: VenueSession, signal: AbortSignal) => {
    const { venue } = session;
    const [list, told] = await Promise.all([session.contracts(), venue.fetchTickers(signal)]);
    if (!list.ok) return list;
    if (!told.ok) return told;
    const bySymbol = new Map(told.value.map((ticker) => [ticker.symbol, ticker]));
    const listed = list.value.flatMap((contract) => {
      const ticker = contract.isTrading ? bySymbol.get(contract.symbol) : undefined;
      return ticker === undefined ? [] : [{ contract, ticker }];
    });
    return { ok: true, value: listed } as const;
  };

  const ask = async (session: VenueSession, signal: AbortSignal): Promise<void> => {
    const venueId = session.venue.id;
    if (isOff(venueId)) return forget(venueId);
    const listed = await fetchListed(session, signal);
    if (signal.aborted) return;
    if (!listed.ok) {
      problems.set(venueId, listed.error.message);
      if (environment.now() - (answeredMs.get(venueId) ?? 0) > FRESH_MS) forget(venueId);
      return onTickers([]);
    }
    problems.delete(venueId);
    answeredMs.set(venueId, environment.now());
    forget(venueId);
    for (const each of listed.value) tickers.set(each.contract.id, each);
    onTickers(listed.value);
  };

  return {
    start() {
      if (abort !== null) return;
      const { signal } = (abort = new AbortController());
      for (const session of venues) {
        const failed = (cause: unknown) => environment.log(`tickers of ${session.venue.name}: ${String(cause)}`);
        poll(() => ask(session, signal), POLL_MS, environment, signal, failed);
      }
    },
    stop() {
      abort?.abort();
      abort = null;
    },
    tickers,
    venues: () =>
      venues
        .filter(({ venue }) => !isOff(venue.id))
        .map(({ venue: { id } }) => {
          const atMs = answeredMs.get(id);
          return {
            venueId: id,
            ageMs: atMs === undefined ? null : environment.now() - atMs,
            problem: problems.get(id) ?? null,
          };
        }),
  };
}
