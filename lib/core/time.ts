export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Start of the interval of length `stepMs` that holds `timeMs`. */
export const floorToStep = (timeMs: number, stepMs: number): number => Math.floor(timeMs / stepMs) * stepMs;

/** Milliseconds since the epoch; passed in wherever time matters, so that tests and replays own it. */
export type Clock = () => number;
