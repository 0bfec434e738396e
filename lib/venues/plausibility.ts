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
/** So many that agree are no slip: then the time really moved on, e.g. while the machine slept, or what was known was one. */
const CONFIRMED = 3;
/** Late ones must go on for so long: what a connection begins with may be minutes old. */
const BEHIND_MS = 10 * SECOND_MS;

const isLeap = (a: number, b: number, leap: number): boolean => a > b * leap || b > a * leap;

/** Whether no market can have had both prices within the hour: one of them was a slip. */
export const isPriceLeap = (a: number, b: number): boolean => isLeap(a, b, PRICE_LEAP);

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
  const prices = createBeliefs(now, PRICE_LEAP);
  const interests = createBeliefs(now, INTEREST_LEAP);
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
    isPrice: (symbol, price, isNow = true) => prices.takes(symbol, price, isNow),
    // A contract that is traded has some: nought is what venues say that do not know.
    isOpenInterest: (symbol, openInterest) =>
      openInterest > 0 && openInterest < MOST_QTY && interests.takes(symbol, openInterest, true),
  };
}

interface Belief {
  figure: number;
  atMs: number;
  /** How often it was told. */
  told: number;
  /** The last that leaps from it, and how often such were told since it is believed. */
  rival: number;
  rivalTold: number;
}

/**
 * What is believed of a figure of each contract, whoever told it: nothing that leaps from it, for an hour. The first may itself be
 * the slip, so that what is told more often takes its place.
 */
function createBeliefs(now: Clock, leap: number) {
  const beliefs = new Map<string, Belief>();
  const believe = (symbol: string, figure: number, told: number) =>
    void beliefs.set(symbol, { figure, atMs: now(), told, rival: NaN, rivalTold: 0 });

  return {
    /** Whether it can be; where `isNow`, it counts for what is believed. */
    takes(symbol: string, figure: number, isNow: boolean): boolean {
      const belief = beliefs.get(symbol);
      if (belief === undefined || now() - belief.atMs >= HOUR_MS) {
        if (isNow) believe(symbol, figure, 1);
        return true;
      }
      if (!isLeap(figure, belief.figure, leap)) {
        if (isNow) Object.assign(belief, { figure, atMs: now(), told: belief.told + 1 });
        return true;
      }
      if (!isNow) return false;
      belief.rivalTold = isLeap(figure, belief.rival, leap) ? 1 : belief.rivalTold + 1;
      belief.rival = figure;
      if (belief.rivalTold < CONFIRMED || belief.rivalTold <= belief.told) return false;
      believe(symbol, figure, belief.rivalTold);
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
    return isPriceLeap(bar.open, before.close) || isPriceLeap(bar.close, bar.open);
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
