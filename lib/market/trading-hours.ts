import { DAY_MS, HOUR_MS } from '@/lib/core/time';

import type { AssetClass } from './asset-class';

/** The markets behind perpetuals that are closed at times. */
type TradedMarket = 'commodity' | 'equity';

const MARKET_OF: Partial<Readonly<Record<AssetClass, TradedMarket>>> = {
  gold: 'commodity',
  silver: 'commodity',
  commodity: 'commodity',
  equity: 'equity',
  index: 'equity',
};

/** One stretch of a market's day. */
export interface TradingSession {
  readonly startMs: number;
  readonly endMs: number;
  readonly isOpen: boolean;
}

/** Sessions some days back and ahead as a venue tells them, holidays included; oldest first. */
export type TradingSchedule = Readonly<Record<TradedMarket, readonly TradingSession[]>>;

/** Whether the market behind a perpetual is closed, so that little or nothing may be traded. */
export interface MarketHours {
  readonly isClosed: boolean;
  /** When that changes; null where it is not known. */
  readonly changesAtMs: number | null;
  /** A venue's own schedule, or the stated weekly calendar. */
  readonly source: 'venue' | 'calendar';
}

/** Null for what is never closed: coins. Where the schedule says nothing of the moment the calendar stands in. */
export function marketHours(
  assetClass: AssetClass,
  timeMs: number,
  schedule: TradingSchedule | null,
): MarketHours | null {
  const market = MARKET_OF[assetClass];
  if (market === undefined) return null;
  return hoursFromSessions(schedule?.[market] ?? [], timeMs) ?? hoursFromCalendar(OPEN_HOURS[market], timeMs);
}

function hoursFromSessions(sessions: readonly TradingSession[], timeMs: number): MarketHours | null {
  const at = sessions.findIndex(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs);
  if (at < 0) return null;
  const { isOpen } = sessions[at];
  let { endMs } = sessions[at];
  for (const next of sessions.slice(at + 1)) {
    if (next.startMs !== endMs) break;
    if (next.isOpen !== isOpen) return { isClosed: !isOpen, changesAtMs: endMs, source: 'venue' };
    endMs = next.endMs;
  }
  return { isClosed: !isOpen, changesAtMs: null, source: 'venue' };
}

/** Hours of a week in UTC, from Monday 00:00: [opens, closes). */
type OpenHours = readonly (readonly [opensHour: number, closesHour: number])[];

const DAY = 24;
const WEEK = 7 * DAY;
/** A stated weekly calendar: the part of the week that is open in summer and winter alike. It knows no holidays. */
const OPEN_HOURS: Readonly<Record<TradedMarket, OpenHours>> = {
  /** From Sunday evening to Friday evening in New York, without the hour's break each day. */
  commodity: [
    [0, 4 * DAY + 21],
    [6 * DAY + 23, WEEK],
  ],
  /** With their early and late sessions, New York 4:00 to 20:00. */
  equity: [0, 1, 2, 3, 4].map((day) => [day * DAY + 9, (day + 1) * DAY]),
};

/** 1970-01-01 was a Thursday. */
const THURSDAY_MS = 3 * DAY_MS;

function hoursFromCalendar(hours: OpenHours, timeMs: number): MarketHours {
  const isOpenAt = (hour: number) => hours.some(([opens, closes]) => hour % WEEK >= opens && hour % WEEK < closes);
  const now = Math.floor((timeMs + THURSDAY_MS) / HOUR_MS);
  const isOpen = isOpenAt(now);
  let next = now + 1;
  while (isOpenAt(next) === isOpen) next += 1;
  return { isClosed: !isOpen, changesAtMs: next * HOUR_MS - THURSDAY_MS, source: 'calendar' };
}
