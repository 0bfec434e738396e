import uPlot from 'uplot';

import { PLOT_HEADROOM, PLOT_HEIGHT, type ProfileSeries } from './profile-series';

export interface ProfilePlot {
  update(series: ProfileSeries): void;
  /** Puts the cursor at a share of the width, 0 to 1; null takes it away. */
  moveCursor(at: number | null): void;
  destroy(): void;
}

/**
 * Draws bars and cumulative curves into `host`, in the colours that its custom properties name.
 * `onCursor` hears where pointer or keyboard stand, as a share of the width.
 */
export function createProfilePlot(
  host: HTMLElement,
  series: ProfileSeries,
  onCursor: (at: number | null) => void,
): ProfilePlot {
  let current = series;
  const color = (name: string) => getComputedStyle(host).getPropertyValue(name).trim();
  const barSeries = (usd: 'long' | 'short'): uPlot.Series => ({
    scale: 'usd',
    fill: color(`--${usd}-fill`),
    // A line's width would shift the fill by half a pixel.
    width: 0,
    paths: (plot) => barPath(plot, current, current[usd]),
    points: { show: false },
  });
  const curveSeries = (stroke: string, width: number): uPlot.Series => ({
    scale: 'sum',
    stroke,
    width,
    points: { show: false },
  });
  const plot = new uPlot(
    {
      width: host.clientWidth,
      height: PLOT_HEIGHT,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: () => [current.lowPrice, current.highPrice] },
        usd: { range: () => [0, (current.maxBinUsd || 1) * PLOT_HEADROOM] },
        sum: { range: () => [0, (current.maxSumUsd || 1) * PLOT_HEADROOM] },
      },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      series: [
        {},
        barSeries('long'),
        barSeries('short'),
        curveSeries(color('--bg1'), 3.5),
        curveSeries(color('--bg1'), 3.5),
        curveSeries(color('--long'), 1.5),
        curveSeries(color('--short'), 1.5),
      ],
      hooks: {
        setCursor: [({ cursor: { left = -1 }, over }) => onCursor(left < 0 ? null : left / over.clientWidth)],
      },
    },
    dataOf(current),
    host,
  );
  return {
    update(next) {
      current = next;
      plot.setData(dataOf(next));
    },
    moveCursor(at) {
      plot.setCursor(at === null ? { left: -10, top: -10 } : { left: at * plot.over.clientWidth, top: 0 });
    },
    destroy: () => plot.destroy(),
  };
}

/** One point per bin edge; a bin's USD stands at its lower edge, and only `barPath` reads it. */
function dataOf({ edges, long, short, longSum, shortSum }: ProfileSeries): uPlot.AlignedData {
  return [[...edges], [...long, null], [...short, null], [...longSum], [...shortSum], [...longSum], [...shortSum]];
}

/** One rectangle per device pixel column, as high as the densest bin in it: no seams, no half-lit edges. */
function barPath(plot: uPlot, { edges }: ProfileSeries, usd: readonly number[]): uPlot.Series.Paths {
  const { left, width, top, height } = plot.bbox;
  const bottom = top + height;
  const tops = new Float64Array(width).fill(bottom);
  for (let i = 0; i < usd.length; i++) {
    if (usd[i] <= 0) continue;
    const y = plot.valToPos(usd[i], 'usd', true);
    const from = Math.max(0, Math.floor(plot.valToPos(edges[i], 'x', true) - left));
    const to = Math.min(width, Math.max(from + 1, Math.floor(plot.valToPos(edges[i + 1], 'x', true) - left)));
    for (let column = from; column < to; column++) tops[column] = Math.min(tops[column], y);
  }
  const path = new Path2D();
  for (let column = 0; column < width; column++) {
    if (tops[column] < bottom) path.rect(left + column, Math.round(tops[column]), 1, bottom - Math.round(tops[column]));
  }
  return { fill: path, stroke: null };
}
