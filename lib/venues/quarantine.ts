import { cause } from '@/lib/core/cause';
import { err, ok, type Result } from '@/lib/core/result';
import { HOUR_MS } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';

import { createDoubts } from './doubts';
import { someListed } from './listing';
import { createPlausibility, isBar, isQty, leapOf, plausiblePoints } from './plausibility';
import type { StreamHandlers, Venue, VenueEnvironment, VenueError } from './venue';

/** A leap that a venue's history still holds after so long is no slip: contracts are redenominated, and history must go on. */
const LEAP_CONFIRMED_MS = HOUR_MS;
const MOST_LEAPS = 256;

/**
 * A venue whose absurd but well-formed data are left out and shown as trouble: prices a thousand times what they were,
 * times in the future, open interest of nought. What was left out counts as not told; a page of bars with such a leap
 * is refused whole, since bars are stored for good.
 */
export const quarantined = (venue: Venue, environment: Pick<VenueEnvironment, 'now' | 'setTimer'>): Venue => {
  const listeners = new Set<StreamHandlers>();
  const doubts = createDoubts(environment, () => {
    for (const listener of listeners) listener.onHealth();
  });
  let plausible = createPlausibility(environment.now);
  /** When each leap in a contract's bars was first told. */
  const leaps = new Map<string, number>();

  /** Whether all holds; what does not is remembered as a doubt of the stream. */
  const passes = (stream: StreamName, symbol: string, isTime: boolean, isPrice: boolean, isSound: boolean): boolean => {
    if (isTime && isPrice && isSound) return true;
    const code = !isSound ? 'leftOutFigures' : isTime ? 'leftOutPrice' : 'leftOutTime';
    doubts.raise(stream, cause(code, { venue: venue.name, symbol: symbol.slice(0, 40) }));
    return false;
  };

  const isLiquidation = (symbol: string, { timeMs, bankruptcyPrice, qty }: Liquidation, isTime: boolean): boolean => {
    const isPrice = Number.isNaN(bankruptcyPrice) || plausible.isPrice(symbol, bankruptcyPrice, false);
    return passes('liquidations', symbol, isTime, isPrice, isQty(qty) && Number.isSafeInteger(timeMs) && timeMs >= 0);
  };

  const isSeries = (symbol: string, bars: readonly Bar[]): boolean => {
    const leapMs = leapOf(bars);
    if (leapMs === null) return true;
    const leap = `${symbol} ${leapMs}`;
    const sinceMs = leaps.get(leap);
    if (sinceMs !== undefined) return environment.now() - sinceMs >= LEAP_CONFIRMED_MS;
    if (leaps.size === MOST_LEAPS) leaps.clear();
    leaps.set(leap, environment.now());
    return false;
  };

  const checkBars = (symbol: string, result: Result<readonly Bar[], VenueError>) => {
    if (!result.ok) return result;
    const isSound = result.value.every(isBar) && isSeries(symbol, result.value);
    if (passes('history', symbol, true, true, isSound)) return result;
    const message = cause('implausible', { venue: venue.name, symbol: symbol.slice(0, 40) });
    return err<VenueError>({ kind: 'schema', message, detail: `implausible bars of ${symbol}`, retryAtMs: null });
  };

  const guard = (handlers: StreamHandlers, isFollowed: (symbol: string) => boolean): StreamHandlers => ({
    ...handlers,
    onTrade(symbol, trade) {
      if (!isFollowed(symbol)) return;
      const { timeMs, price, qty } = trade;
      const [isTime, isSound] = [plausible.isTime(timeMs), isQty(qty)];
      // By what is left out nothing else is judged.
      if (passes('trades', symbol, isTime, plausible.isPrice(symbol, price, isTime && isSound), isSound))
        handlers.onTrade(symbol, trade);
    },
    onMark(symbol, mark) {
      if (!isFollowed(symbol)) return;
      const { timeMs, markPrice } = mark;
      const isTime = plausible.isTime(timeMs);
      if (passes('mark', symbol, isTime, plausible.isPrice(symbol, markPrice, isTime), true))
        handlers.onMark(symbol, mark);
    },
    onBar(symbol, bar, isClosed, timeMs) {
      if (!isFollowed(symbol)) return;
      const isTime = plausible.isTime(timeMs) && bar.openTimeMs <= timeMs;
      const isSound = isBar(bar);
      if (passes('bars', symbol, isTime, plausible.isPrice(symbol, bar.close, isTime && isSound), isSound))
        handlers.onBar(symbol, bar, isClosed, timeMs);
    },
    onLiquidation(symbol, liquidation) {
      if (isLiquidation(symbol, liquidation, plausible.isTime(liquidation.timeMs)))
        handlers.onLiquidation(symbol, liquidation);
    },
    onTiersChanged: (symbol) => void (isFollowed(symbol) && handlers.onTiersChanged(symbol)),
  });

  const { fetchLiquidations } = venue;
  return {
    ...venue,
    get openInterestReachMs() {
      return venue.openInterestReachMs;
    },
    async fetchContracts(signal) {
      const listed = await venue.fetchContracts(signal);
      return listed.ok ? someListed(venue.name, listed.value) : listed;
    },
    fetchBars: async (symbol, range, signal) => checkBars(symbol, await venue.fetchBars(symbol, range, signal)),
    fetchHourlyBars: async (symbol, range, signal) =>
      checkBars(symbol, await venue.fetchHourlyBars(symbol, range, signal)),
    async fetchOpenInterest(symbol, range, signal) {
      const page = await venue.fetchOpenInterest(symbol, range, signal);
      if (!page.ok) return page;
      const points = plausiblePoints(page.value);
      passes('openInterest', symbol, true, true, points.length === page.value.length);
      return ok(points);
    },
    async fetchSnapshot(symbol, signal) {
      const result = await venue.fetchSnapshot(symbol, signal);
      if (!result.ok) return result;
      const { openInterest, markPrice, venueTimeMs } = result.value;
      const isTime = venueTimeMs === null || plausible.isTime(venueTimeMs);
      const isPrice = markPrice === null || plausible.isPrice(symbol, markPrice, isTime);
      const isInterest = openInterest === null || plausible.isOpenInterest(symbol, openInterest.openInterest);
      if (passes('openInterest', symbol, isTime, isPrice, isInterest)) return result;
      return ok({
        ...result.value,
        openInterest: isTime && isInterest ? openInterest : null,
        markPrice: isTime && isPrice ? markPrice : null,
        venueTimeMs: isTime ? venueTimeMs : null,
      });
    },
    fetchLiquidations:
      fetchLiquidations === null
        ? null
        : async (symbol, range, signal) => {
            const page = await fetchLiquidations(symbol, range, signal);
            return page.ok ? ok(page.value.filter((each) => isLiquidation(symbol, each, true))) : page;
          },
    async fetchTime(signal) {
      const time = await venue.fetchTime(signal);
      if (!time.ok || passes('history', 'its clock', plausible.isTime(time.value), true, true)) return time;
      const message = cause('timeInFuture', { venue: venue.name });
      return err({ kind: 'schema', message, detail: `venue time ${time.value}`, retryAtMs: null });
    },
    openStream(handlers) {
      let followed: ReadonlySet<string> = new Set();
      const guarded = guard(handlers, (symbol) => followed.has(symbol));
      listeners.add(handlers);
      const stream = venue.openStream(guarded);
      return {
        ...stream,
        follow(symbols) {
          followed = new Set(symbols);
          stream.follow(symbols);
        },
        close() {
          listeners.delete(handlers);
          stream.close();
        },
      };
    },
    health: () => ({ venueId: venue.id, streams: doubts.over(venue.health().streams) }),
    retry() {
      doubts.forget();
      plausible = createPlausibility(environment.now);
      venue.retry();
    },
  };
};
