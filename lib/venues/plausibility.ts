import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar, type OpenInterestPoint } from '@/lib/market/bar';

/** No market multiplies within an hour, let alone between two bars; a venue that mixes up units does. */
const PRICE_LEAP = 20;
/** A contract just listed may grow a hundredfold within minutes. */
const INTEREST_LEAP = 1_000;
/** More than any contract has of anything, in units of the cheapest coin. */
const MOST_QTY = 1e15;
/** Later than the venue's own time, carried on by the machine's, by more than lost frames explain. */
const AHEAD_MS = 5 * MINUTE_MS;
/** The machine's own clock may be wrong by hours, not by days. */
const FIRST_AHEAD_MS = 2 * DAY_MS;
/** So many in a row are no slip: then the time really moved on, e.g. while the machine slept. */
const CONFIRMED = 3;
/** Late ones must go on for so long: what a connection begins with may be minutes old. */
const BEHIND_MS = 10 * SECOND_MS;

const isLeap = (a: number, b: number, leap: number): boolean => a > b * leap || b > a * leap;

/** What a venue told lately, and by it what is too absurd to be true although it is well-formed. Machine time. */
export interface Plausibility {
  /** Whether data of this time can be: none come from the future. */
  isTime(timeMs: number): boolean;
  /** Whether the contract can have this price; remembered where `isNow`. */
  isPrice(symbol: string, price: number, isNow?: boolean): boolean;
  /** Whether it can have this open interest, of one side; remembered. */
  isOpenInterest(symbol: string, openInterest: number): boolean;
}

/** Knows nothing at first: what a venue tells first is taken unless it is absurd by itself. */
export function createPlausibility(now: Clock): Plausibility {
  const prices = new Map<string, { readonly price: number; readonly atMs: number }>();
  const interests = new Map<string, { readonly openInterest: number; readonly atMs: number }>();
  let anchor: { readonly venueMs: number; readonly machineMs: number } | null = null;
  let strays = 0;
  let strayMs = NaN;
  let straySinceMs = NaN;

  return {
    isTime(timeMs) {
      if (!Number.isSafeInteger(timeMs) || timeMs < 0) return false;
      const nowMs = now();
      const knownMs: number = anchor === null ? -Infinity : anchor.venueMs + (nowMs - anchor.machineMs);
      const isAhead = timeMs > (anchor === null ? nowMs + FIRST_AHEAD_MS : knownMs + AHEAD_MS);
      // Late frames are nothing odd, but a venue that has been behind for long was never ahead.
      const isStray = isAhead || timeMs < knownMs - AHEAD_MS;
      // Strays confirm each other only where they agree.
      strays = isStray ? (Math.abs(timeMs - strayMs) < AHEAD_MS ? strays + 1 : 1) : 0;
      strayMs = isStray ? timeMs : NaN;
      if (strays === 1) straySinceMs = nowMs;
      const isConfirmed = strays >= CONFIRMED && (isAhead || nowMs - straySinceMs >= BEHIND_MS);
      if (isConfirmed || (!isStray && timeMs > knownMs)) anchor = { venueMs: timeMs, machineMs: nowMs };
      if (isConfirmed) strays = 0;
      return !isAhead || isConfirmed;
    },
    isPrice(symbol, price, isNow = true) {
      const last = prices.get(symbol);
      const nowMs = now();
      if (last !== undefined && nowMs - last.atMs < HOUR_MS && isLeap(price, last.price, PRICE_LEAP)) return false;
      if (isNow) prices.set(symbol, { price, atMs: nowMs });
      return true;
    },
    isOpenInterest(symbol, openInterest) {
      const last = interests.get(symbol);
      // A contract that is traded has some: nought is what venues say that do not know.
      if (!(openInterest > 0 && openInterest < MOST_QTY)) return false;
      const nowMs = now();
      if (last !== undefined && nowMs - last.atMs < HOUR_MS && isLeap(openInterest, last.openInterest, INTEREST_LEAP))
        return false;
      interests.set(symbol, { openInterest, atMs: nowMs });
      return true;
    },
  };
}

/** Whether any contract can have so much of anything. */
export const isQty = (qty: number): boolean => qty > 0 && qty < MOST_QTY;

/** Whether a bar can be, seen by itself. */
export const isBar = (bar: Bar): boolean =>
  bar.low <= bar.high && !(bar.markLow > bar.markHigh) && bar.volume < MOST_QTY && !(bar.takerBuyVolume >= MOST_QTY);

/** Opening time of the first bar that cannot follow the one before; null where all can. Of different hours they may be anything. */
export function leapOf(bars: readonly Bar[]): number | null {
  const leaping = bars.find((bar, nth) => {
    const before = bars[nth - 1] as Bar | undefined;
    if (before === undefined || bar.openTimeMs - before.openTimeMs > HOUR_MS) return false;
    return isLeap(bar.open, before.close, PRICE_LEAP) || isLeap(bar.close, bar.open, PRICE_LEAP);
  });
  return leaping?.openTimeMs ?? null;
}

/** The points that can be: one that leaps away from both its neighbours is a slip, one that stays there is not. */
export const plausiblePoints = (points: readonly OpenInterestPoint[]): OpenInterestPoint[] =>
  points.filter(({ timeMs, openInterest }, nth) => {
    const [before, after] = [points.at(nth - 1), points[nth + 1] as OpenInterestPoint | undefined];
    const leaps = (other: OpenInterestPoint | undefined): boolean =>
      other === undefined || isLeap(openInterest, other.openInterest, INTEREST_LEAP);
    const isSlip = nth > 0 && leaps(before) && leaps(after);
    return timeMs % BAR_MS === 0 && openInterest > 0 && openInterest < MOST_QTY && !isSlip;
  });
