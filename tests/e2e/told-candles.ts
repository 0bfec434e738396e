import { floorToStep } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { groupBy } from '@/tests/group-by';

import type { MapFrame } from './map-frame';

type Axes = Pick<MapFrame, 'xOf' | 'yOf'>;

/** Where candles of a step belong, in pixels and their parts. */
export const toldCandles = (bars: readonly Bar[], stepMs: number, { xOf, yOf }: Axes) =>
  [...groupBy(bars, ({ openTimeMs }) => floorToStep(openTimeMs, stepMs))].map(([startMs, within]) => {
    const [open, close] = [within[0].open, within.at(-1)!.close];
    return {
      startMs,
      x: xOf(startMs + stepMs / 2),
      top: yOf(Math.max(...within.map(({ high }) => high))),
      bottom: yOf(Math.min(...within.map(({ low }) => low))),
      bodyTop: yOf(Math.max(open, close)),
      bodyBottom: yOf(Math.min(open, close)),
      isUp: close >= open,
    };
  });

const usdOf = (events: readonly Liquidation[]): number =>
  events.reduce((sum, { qty, bankruptcyPrice }) => sum + qty * bankruptcyPrice, 0);

/** The same of what was liquidated of each side in a candle's time: at its mean price by USD. */
export const toldBursts = (events: readonly Liquidation[], stepMs: number, { xOf, yOf }: Axes) =>
  [...groupBy(events, ({ positionSide, timeMs }) => `${positionSide} ${floorToStep(timeMs, stepMs)}`).values()].map(
    (within) => {
      const [{ positionSide, timeMs }] = within;
      const startMs = floorToStep(timeMs, stepMs);
      const usd = usdOf(within);
      const price = within.reduce((sum, each) => sum + each.bankruptcyPrice * usdOf([each]), 0) / usd;
      return { positionSide, startMs, x: xOf(startMs + stepMs / 2), y: yOf(price), usd };
    },
  );
