import { callPage } from './page-call';

/** Places across the chart whose bars' times are asked for. */
const PROBES = 32;

/**
 * What the chart's time scale says of its bars: its width, pixels from bar to bar, bars right of the newest, and the
 * times of the bars at equally spaced places from the left edge to the right, 0 where there is none. All that is made
 * of it, and every doubt, is the content script's part.
 */
export function readTimes(chart: unknown): readonly number[] {
  const scale = callPage(chart, 'getTimeScale');
  const ask = (method: string, ...args: readonly number[]) => Number(callPage(scale, method, ...args)) || 0;
  const width = ask('width');
  const places = Array.from({ length: PROBES + 1 }, (_, i) => ask('coordinateToTime', ((width - 1) * i) / PROBES));
  return width > 0 ? [width, ask('barSpacing'), ask('rightOffset'), ...places] : [];
}
