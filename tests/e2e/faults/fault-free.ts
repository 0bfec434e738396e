import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import type { Result } from '@/lib/core/result';
import { BAR_MS, type Bar, type BarMinutes, type OpenInterestPoint } from '@/lib/market/bar';
import { venueIdOf, type ContractId } from '@/lib/market/contract';
import { VENUES } from '@/lib/venues';
import type { Venue, VenueError } from '@/lib/venues/venue';
import { createFetch, createSocket } from '@/tests/exchange/client';

import { HURRY, type Rig } from './rig';

const MOST_TRIES = 10;

/** What a run without faults would have stored of a contract in a span. */
export interface FaultFreeRows {
  readonly bars: readonly Bar[];
  readonly minutes: readonly BarMinutes[];
  /** Null where the venue keeps no history of it. */
  readonly openInterest: readonly OpenInterestPoint[] | null;
  readonly interestReachMs: number;
}

/** Asks by the product's own code, now that nothing is in its way. */
export async function askFaultFree(rig: Rig, ids: readonly ContractId[], span: TimeSpan): Promise<FaultFreeRows[]> {
  const { signal } = new AbortController();
  const aheadMs = rig.exchange.clock.now() - rig.now();
  const ask = createFetch(rig.exchange.port);
  const environment = {
    // All venues at once keep this exchange busier than patience that is hurried allows for.
    fetch: (url: string, { signal: _patience, ...init }: RequestInit = {}) => ask(url, init),
    createSocket: createSocket(rig.exchange.port),
    // A venue's bars close by its own time, which has gone ahead.
    now: () => rig.now() + aheadMs,
    setTimer(callback: () => void, delayMs: number) {
      const timer = setTimeout(callback, delayMs / HURRY);
      return () => clearTimeout(timer);
    },
    hasHostAccess: () => Promise.resolve(true),
    log: () => {},
  };
  rig.exchange.resetLimits();
  return Promise.all(ids.map((id) => askOf(VENUES[venueIdOf(id)](environment), id, span, signal)));
}

async function askOf(venue: Venue, id: ContractId, span: TimeSpan, signal: AbortSignal): Promise<FaultFreeRows> {
  const listed = await patiently(() => venue.fetchContracts(signal));
  const contract = listed.find((each) => each.id === id);
  if (contract === undefined) throw new Error(`${id} is not listed`);
  const { symbol } = contract;
  const points = { startMs: span.startMs, endMs: span.endMs + BAR_MS };
  const { minutes } = venue;
  const [bars, ofBars, openInterest] = await Promise.all([
    pages(span, venue.barsPerPage, (page) => venue.fetchBars(symbol, page, signal)),
    minutes === undefined ? [] : pages(span, minutes.barsPerPage, (page) => minutes.fetch(symbol, page, signal)),
    venue.openInterestReachMs === 0
      ? null
      : pages(points, venue.openInterestPerPage, (page) => venue.fetchOpenInterest(symbol, page, signal)),
  ]);
  return { bars, minutes: ofBars, openInterest, interestReachMs: venue.openInterestReachMs };
}

async function pages<T>(
  span: TimeSpan,
  perPage: number,
  ask: (page: TimeSpan) => Promise<Result<readonly T[], VenueError>>,
): Promise<T[]> {
  const rows: T[] = [];
  for (const page of splitSpans([span], perPage * BAR_MS)) {
    rows.push(...(await patiently(() => ask(page))));
  }
  return rows;
}

async function patiently<T>(ask: () => Promise<Result<T, VenueError>>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const told = await ask();
    if (told.ok) return told.value;
    if (tries === MOST_TRIES) throw new Error(`${told.error.message} ${told.error.detail}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
