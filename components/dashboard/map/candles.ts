import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { PositionSide } from '@/lib/market/liquidation';

import type { MapEvent } from './map-day';

export interface Candle {
  readonly openTimeMs: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
}

/** What was liquidated of one side during a candle, at its mean price by USD. */
export interface Burst {
  readonly openTimeMs: number;
  readonly positionSide: PositionSide;
  price: number;
  usd: number;
}

const STEPS_MS = [
  BAR_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[1, 2, 4, 6, 8, 12].map((hours) => hours * HOUR_MS),
  DAY_MS,
];
const LEAST_WIDTH_PX = 5;

/** The finest candle that is wide enough to be seen. */
export const candleStep = (msPerPx: number): number =>
  STEPS_MS.find((stepMs) => stepMs >= LEAST_WIDTH_PX * msPerPx) ?? DAY_MS;

/** Stored bars and behind them those that are not stored yet. */
export function barsUntilNow(stored: readonly Bar[], open: readonly Bar[]): readonly Bar[] {
  const lastMs = stored.at(-1)?.openTimeMs ?? -Infinity;
  const later = open.filter(({ openTimeMs }) => openTimeMs > lastMs);
  return later.length === 0 ? stored : [...stored, ...later];
}

/** Bars in order as candles of a longer step. */
export function candlesFromBars(bars: readonly Bar[], stepMs: number): Candle[] {
  const candles: Candle[] = [];
  for (const { openTimeMs, open, high, low, close } of bars) {
    const startMs = floorToStep(openTimeMs, stepMs);
    const last = candles.at(-1);
    if (last?.openTimeMs !== startMs) {
      candles.push({ openTimeMs: startMs, open, high, low, close });
      continue;
    }
    last.high = Math.max(last.high, high);
    last.low = Math.min(last.low, low);
    last.close = close;
  }
  return candles;
}

/** Events by side and candle; what they hold in all is what was given. */
export function burstsFromEvents(events: readonly MapEvent[], stepMs: number): Burst[] {
  const bursts = new Map<string, Burst>();
  for (const { timeMs, positionSide, price, usd } of events) {
    const openTimeMs = floorToStep(timeMs, stepMs);
    const key = `${positionSide}${openTimeMs}`;
    const burst = bursts.get(key);
    if (burst === undefined) {
      bursts.set(key, { openTimeMs, positionSide, price, usd });
      continue;
    }
    burst.price += ((price - burst.price) * usd) / (burst.usd + usd);
    burst.usd += usd;
  }
  return [...bursts.values()];
}
