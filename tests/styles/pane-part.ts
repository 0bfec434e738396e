import type { BarTimes } from '@/lib/chart/bar-times';
import { MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { PaneColumn, PaneHistory, PaneRequest } from '@/lib/market/pane-history';

export const QUARTER_MS = 15 * MINUTE_MS;
/** A full hour. */
export const NOW_MS = 1_700_002_800_000;
/** ln(price) of a cell of the columns below, and of the price around which they lie. */
export const CELL = 0.001;
export const MIDDLE_CELL = Math.floor(Math.log(60_000) / CELL);

/** Bars of a quarter of an hour, ten pixels each, of which the newest stands at `lastX`. */
export const quarters = (lastX: number): BarTimes => ({
  lastX,
  lastTimeMs: NOW_MS,
  spacing: 10,
  barMs: QUARTER_MS,
});

/** A column in which every of 20 cells above the middle holds shorts, and every of 20 below holds longs. */
export const columnAsOf = (timeMs: number, byte = 200): PaneColumn => {
  const bytes = btoa(String.fromCharCode(byte).repeat(20));
  return {
    timeMs,
    cellWidth: CELL,
    lowUsd: 1,
    long: { firstCell: MIDDLE_CELL - 20, bytes },
    short: { firstCell: MIDDLE_CELL, bytes },
  };
};

/** All of what was asked for: a column a quarter, five-minute bars from 59,900 to 60,100. */
export function answerTo({ fromMs, toMs }: PaneRequest, isLast = true, madeOf = 'one', byte = 200): PaneHistory {
  const columns: PaneColumn[] = [];
  for (let timeMs = fromMs; timeMs < toMs; timeMs += QUARTER_MS) columns.push(columnAsOf(timeMs, byte));
  const bars: number[] = [];
  for (let timeMs = fromMs; timeMs < toMs; timeMs += BAR_MS) bars.push(timeMs, 59_900, 60_100);
  return { fromMs, toMs, columns, bars, madeOf, filledFromMs: 0, isLast };
}
