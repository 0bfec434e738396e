import type { VenueId } from '@/lib/market/contract';
import type { Exchange } from '@/tests/exchange';
import type { LoggedRequest } from '@/tests/exchange/venue-part';

/** What one address may send, as the venues publish it (docs/venues.md). */
interface Limit {
  readonly capacity: number;
  readonly windowMs: number;
  readonly counts: (request: LoggedRequest) => number;
  /** Of each endpoint, as against all of them together. */
  readonly isPerPath?: boolean;
}

const isStatistic = ({ path }: LoggedRequest): boolean => path.startsWith('/futures/data');

const LIMITS: Partial<Record<VenueId, readonly Limit[]>> = {
  binance: [
    { capacity: 2400, windowMs: 60_000, counts: (request) => (isStatistic(request) ? 0 : request.weight) },
    { capacity: 1000, windowMs: 300_000, counts: (request) => (isStatistic(request) ? 1 : 0) },
  ],
  bybit: [{ capacity: 600, windowMs: 5_000, counts: () => 1 }],
  okx: [
    {
      capacity: 20,
      windowMs: 2_000,
      counts: ({ path }) => (/\/market\/(history-)?candles/.test(path) ? 1 : 0),
      isPerPath: true,
    },
    {
      capacity: 10,
      windowMs: 2_000,
      counts: ({ path }) => (/mark-price-candles|tickers|public/.test(path) ? 1 : 0),
      isPerPath: true,
    },
    { capacity: 5, windowMs: 2_000, counts: ({ path }) => (path.includes('/rubik/') ? 1 : 0), isPerPath: true },
  ],
  gate: [{ capacity: 200, windowMs: 10_000, counts: () => 1, isPerPath: true }],
  bitget: [
    {
      capacity: 20,
      windowMs: 1_000,
      counts: ({ path }) => (/position-tier|liquidations|account-long/.test(path) ? 0 : 1),
      isPerPath: true,
    },
    { capacity: 10, windowMs: 1_000, counts: ({ path }) => (path.includes('position-tier') ? 1 : 0) },
    { capacity: 5, windowMs: 1_000, counts: ({ path }) => (path.includes('liquidations') ? 1 : 0) },
  ],
};

export interface VenueUse {
  readonly venue: VenueId;
  readonly requests: number;
  readonly weight: number;
  /** Of the limit that was come closest to, in its busiest window. */
  readonly share: number;
}

/** What each venue was asked between two moments of the machine. */
export const venueUse = (exchange: Exchange, venues: readonly VenueId[], fromMs: number, toMs: number): VenueUse[] =>
  venues.map((venue) => {
    const sent = exchange.requests.filter(
      (each) => each.venue === venue && each.timeMs >= fromMs && each.timeMs < toMs,
    );
    return {
      venue,
      requests: sent.length,
      weight: sent.reduce((sum, { weight }) => sum + weight, 0),
      share: Math.max(0, ...(LIMITS[venue] ?? []).map((limit) => busiest(sent, limit) / limit.capacity)),
    };
  });

const busiest = (sent: readonly LoggedRequest[], { windowMs, counts, isPerPath = false }: Limit): number => {
  const paths = isPerPath ? [...new Set(sent.map(({ path }) => path))] : [null];
  return Math.max(
    0,
    ...paths.map((path) =>
      busiestWindow(
        sent.filter((each) => path === null || each.path === path),
        windowMs,
        counts,
      ),
    ),
  );
};

const busiestWindow = (sent: readonly LoggedRequest[], windowMs: number, counts: Limit['counts']): number => {
  let most = 0;
  let sum = 0;
  let first = 0;
  for (const request of sent) {
    sum += counts(request);
    for (; sent[first].timeMs <= request.timeMs - windowMs; first++) sum -= counts(sent[first]);
    most = Math.max(most, sum);
  }
  return most;
};
