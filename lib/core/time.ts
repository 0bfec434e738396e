export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Start of the interval of length `stepMs` that holds `timeMs`. */
export const floorToStep = (timeMs: number, stepMs: number): number => Math.floor(timeMs / stepMs) * stepMs;

/** Milliseconds since the epoch; passed in wherever time matters, so that tests and replays own it. */
export type Clock = () => number;

/**
 * A machine's clock that never goes back: set back by hours, it goes on from where it was. Limits and retries would otherwise
 * wait until it is as late again.
 */
export function steadyClock(machine: Clock): Clock {
  let newestMs = -Infinity;
  let aheadMs = 0;
  return () => {
    const machineMs = machine();
    if (machineMs + aheadMs < newestMs) aheadMs = newestMs - machineMs;
    newestMs = machineMs + aheadMs;
    return newestMs;
  };
}
