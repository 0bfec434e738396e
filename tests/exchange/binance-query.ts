import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { mixSeeds } from '@/tests/market/synthetic-random';

import type { Listing } from './source-book';

/** What the venue answers with status 400; thrown by the parameter readers below. */
export class RequestError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const HISTORY_REACH_MS = 30 * DAY_MS;
const INTERVALS_MS: Readonly<Record<string, number>> = {
  '1m': 60_000,
  '5m': BAR_MS,
  '15m': 3 * BAR_MS,
  '30m': 6 * BAR_MS,
  '1h': 12 * BAR_MS,
  '2h': 24 * BAR_MS,
  '4h': 48 * BAR_MS,
  '6h': 72 * BAR_MS,
  '8h': 96 * BAR_MS,
  '12h': 144 * BAR_MS,
  '1d': DAY_MS,
};

export const readNumber = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d+$/.test(text))
    throw new RequestError(-1100, `Illegal characters found in parameter '${name}'; legal range is '^[0-9]{1,20}$'.`);
  return Number(text);
};

export const readLimit = (query: URLSearchParams, usual: number, most: number): number => {
  const limit = readNumber(query, 'limit') ?? usual;
  if (limit < 1 || limit > most) throw new RequestError(-1130, "Data sent for parameter 'limit' is not valid.");
  return limit;
};

export const readListing = (query: URLSearchParams, listings: ReadonlyMap<string, Listing>): Listing => {
  const symbol = query.get('symbol');
  if (symbol === null || symbol === '') throw missing('symbol');
  const listing = listings.get(symbol);
  if (listing === undefined) throw new RequestError(-1121, 'Invalid symbol.');
  return listing;
};

/** Statistics of COIN-M are asked for by pair. */
export const readStatisticListing = (query: URLSearchParams, listings: ReadonlyMap<string, Listing>): Listing => {
  const pair = query.get('pair');
  const symbol = pair === null ? query.get('symbol') : `${pair}_PERP`;
  return readListing(new URLSearchParams(symbol === null ? {} : { symbol }), listings);
};

export const readInterval = (query: URLSearchParams, name: 'interval' | 'period'): number => {
  const text = query.get(name);
  if (text === null || text === '') throw missing(name);
  const intervalMs = INTERVALS_MS[text];
  if (intervalMs === undefined || (name === 'period' && intervalMs < BAR_MS)) {
    throw new RequestError(-1120, `Invalid ${name}.`);
  }
  return intervalMs;
};

const missing = (name: string): RequestError =>
  new RequestError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);

/** Opening times of the bars asked for, the one still open included. From the start when one is given, else the newest; at COIN-M always the newest. */
export const barTimes = (query: URLSearchParams, listing: Listing, nowMs: number, intervalMs: number): number[] => {
  const limit = readLimit(query, 500, 1500);
  const start = readNumber(query, 'startTime');
  const end = Math.min(readNumber(query, 'endTime') ?? nowMs, nowMs);
  const first = floorToStep(listing.listedTimeMs, intervalMs);
  const last = floorToStep(end, intervalMs);
  const newest = last - (limit - 1) * intervalMs;
  const asked = start === undefined ? newest : Math.ceil(start / intervalMs) * intervalMs;
  const from = listing.instrument.contractSize === undefined ? asked : Math.max(asked, newest);
  const times: number[] = [];
  for (let time = Math.max(first, from); time <= last && times.length < limit; time += intervalMs) times.push(time);
  return times;
};

/** Statistics of a moment appear some seconds after it. */
const isPublished = (timeMs: number, nowMs: number): boolean =>
  nowMs >= timeMs + 3_000 + (mixSeeds(timeMs / BAR_MS) % 9_000);

/** Moments of a statistic: the newest of the window, oldest first, within the reach of 30 days. */
export const statisticTimes = (query: URLSearchParams, listing: Listing, nowMs: number): number[] => {
  const periodMs = readInterval(query, 'period');
  const limit = readLimit(query, 30, 500);
  const start = readNumber(query, 'startTime');
  if (start !== undefined && start < nowMs - HISTORY_REACH_MS) {
    throw new RequestError(-1130, "parameter 'startTime' is invalid.");
  }
  const from = Math.max(start ?? 0, nowMs - HISTORY_REACH_MS, listing.listedTimeMs);
  let time = floorToStep(Math.min(readNumber(query, 'endTime') ?? nowMs, nowMs), periodMs);
  if (!isPublished(time, nowMs)) time -= periodMs;
  const times: number[] = [];
  for (; time >= from && times.length < limit; time -= periodMs) times.push(time);
  return times.toReversed();
};
