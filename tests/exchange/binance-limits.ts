import type { Reply } from './reply';

export interface WeightLimits {
  /** Counts a request; a reply when it is refused. The limits are the machine's minutes, at any speed of the venue's clock. */
  spend(weight: number, isHistory: boolean): Reply | null;
  usedWeight(): number;
  reset(): void;
}

export const WEIGHT_PER_MINUTE = 2_400;
const HISTORY_PER_WINDOW = 1_000;
const HISTORY_WINDOW_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
/** Requests refused with 429 in a minute before the address is banned. */
const REFUSALS_BEFORE_BAN = 20;
const BAN_MS = 2 * MINUTE_MS;

export const createWeightLimits = (machineNow: () => number, weightPerMinute: number): WeightLimits => {
  let minute = 0;
  let used = 0;
  let refusals = 0;
  let historyWindow = 0;
  let historyCount = 0;
  let bannedUntilMs = 0;

  const roll = (nowMs: number): void => {
    if (Math.floor(nowMs / MINUTE_MS) !== minute) {
      minute = Math.floor(nowMs / MINUTE_MS);
      used = 0;
      refusals = 0;
    }
    if (Math.floor(nowMs / HISTORY_WINDOW_MS) !== historyWindow) {
      historyWindow = Math.floor(nowMs / HISTORY_WINDOW_MS);
      historyCount = 0;
    }
  };
  const refuse = (nowMs: number, windowMs: number): Reply => {
    refusals++;
    if (refusals > REFUSALS_BEFORE_BAN) {
      bannedUntilMs = nowMs + BAN_MS;
      return banned(nowMs, bannedUntilMs);
    }
    return tooMany(Math.ceil((windowMs - (nowMs % windowMs)) / 1000), weightPerMinute);
  };
  return {
    spend(weight, isHistory) {
      const nowMs = machineNow();
      roll(nowMs);
      if (nowMs < bannedUntilMs) return banned(nowMs, bannedUntilMs);
      used += weight;
      if (isHistory) historyCount++;
      if (isHistory && historyCount > HISTORY_PER_WINDOW) return refuse(nowMs, HISTORY_WINDOW_MS);
      return used > weightPerMinute ? refuse(nowMs, MINUTE_MS) : null;
    },
    usedWeight() {
      roll(machineNow());
      return used;
    },
    reset() {
      used = 0;
      refusals = 0;
      historyCount = 0;
      bannedUntilMs = 0;
    },
  };
};

export const tooMany = (retryAfterSeconds: number, limit: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(retryAfterSeconds) },
  body: {
    code: -1003,
    msg: `Too many requests; current limit of IP(127.0.0.1) is ${limit} requests per minute. Please use the websocket for live updates to avoid polling the API.`,
  },
});

export const banned = (nowMs: number, untilMs: number): Reply => ({
  status: 418,
  headers: { 'retry-after': String(Math.ceil((untilMs - nowMs) / 1000)) },
  body: {
    code: -1003,
    msg: `Way too many requests; IP(127.0.0.1) banned until ${untilMs}. Please use the websocket for live updates to avoid bans.`,
  },
});
