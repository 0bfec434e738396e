import { DAY_MS, HOUR_MS } from '@/lib/core/time';

import type { AssetClass } from './asset-class';

/** Hours of a week in UTC, from Monday 00:00: [opens, closes). */
type OpenHours = readonly (readonly [opensHour: number, closesHour: number])[];

const DAY = 24;
/** Metals and commodities: from Sunday evening to Friday evening in New York, without the hour's break each day. */
const FUTURES: OpenHours = [
  [0, 4 * DAY + 21],
  [6 * DAY + 23, 7 * DAY],
];
/** Shares with their early and late sessions, New York 4:00 to 20:00. */
const SHARES: OpenHours = [0, 1, 2, 3, 4].map((day) => [day * DAY + 9, (day + 1) * DAY]);

/**
 * When the markets behind perpetuals are open: a stated weekly calendar, the part of the week that is open in summer and
 * winter alike. It knows no holidays. Coins never close.
 */
const OPEN_HOURS: Partial<Readonly<Record<AssetClass, OpenHours>>> = {
  gold: FUTURES,
  silver: FUTURES,
  commodity: FUTURES,
  equity: SHARES,
  index: SHARES,
};

/** 1970-01-01 was a Thursday. */
const THURSDAY_MS = 3 * DAY_MS;

/** Whether little or nothing may be traded at a moment because the market behind the perpetual is closed. */
export function isMarketClosed(assetClass: AssetClass, timeMs: number): boolean {
  const hours = OPEN_HOURS[assetClass];
  if (hours === undefined) return false;
  const hour = ((timeMs + THURSDAY_MS) % (7 * DAY_MS)) / HOUR_MS;
  return !hours.some(([opens, closes]) => hour >= opens && hour < closes);
}
