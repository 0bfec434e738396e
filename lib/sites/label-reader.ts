import { type AxisFit, fitAxis, type Tick, valueToY, yToValue } from '@/lib/chart/axis-fit';
import { parseTickLabels, type TickLabel, type TickReading } from '@/lib/chart/tick-label';
import type { ScaleMessage } from '@/lib/messaging/page';

import type { Announcer } from './announcer';
import { type AxisPlace, CHART_CANVASES, heightOf, PANE_CANVASES, placeOfAxis } from './chart-dom';
import type { View } from './page-call';
import { type Burst, type DrawnLabel, hookTicks, type Verdict } from './tick-hook';

const MIN_TICKS = 3;
/** A price label stands on whole device pixels; further away it was moved, or the fit is wrong. */
const LABEL_ROUNDING_PX = 1;

interface Axis extends AxisPlace {
  readonly canvas: HTMLCanvasElement;
}

/** Reads the price scale of one window's charts off the tick labels they draw, where the page does not forbid it. */
export function createLabelReader(view: View, announcer: Announcer, signal: AbortSignal): void {
  let axes: Axis[] = [];

  function onBurst(canvas: HTMLCanvasElement, burst: Burst): Verdict {
    let axis = axes.find((known) => known.canvas === canvas);
    const ticks = latestPaint(burst.ticks);
    if (!axis) {
      // The upper of two canvases follows the pointer, once the lower one is known to have the ticks.
      if (ticks.length < MIN_TICKS) return axes.length > 0 && canvas.matches(CHART_CANVASES) ? 'ignore' : 'keep';
      const place = placeOfAxis(canvas);
      // The time axis draws all its labels at one height.
      if (!place || ticks[0].y === ticks[2].y) return 'ignore';
      axis = { canvas, ...place };
      axes = [...axes.filter((known) => known.canvas.isConnected), axis];
    }
    const main = mainAxis(axes.filter(({ table }) => table === axis.table));
    for (const { pane } of axes) if (pane !== main.pane && axis.table.contains(pane)) announcer.withdraw(pane);
    if (main === axis) announcer.announce(axis.pane, messageFromLabels(ticks, burst.moved, heightOf(canvas)));
    return 'keep';
  }

  signal.addEventListener('abort', () => {
    for (const { pane } of axes) announcer.withdraw(pane);
    axes = [];
  });
  if (hookTicks(view, onBurst, signal)) askForPaint(view);
}

/** The scale that drawn labels describe. Their symbol is not known from them. */
export function messageFromLabels(
  ticks: readonly DrawnLabel[],
  moved: readonly DrawnLabel[],
  height: number,
): ScaleMessage {
  const drawn = [...ticks, ...moved];
  const { labels, otherReading } = parseLabels(drawn.map(({ text }) => text));
  const isPercent = labels.some((label) => label?.unit === 'percent');
  const fit = fitAxis(ticksOf(labels, ticks));
  if (!fit) return { state: 'absent', symbol: '', detail: 'no fit' };
  const prices = [yToValue(fit, 0), yToValue(fit, height - 1)];
  const movedTicks = ticksOf(labels.slice(ticks.length), moved);
  // Percent have two digits, which say less than their place.
  const disagreementPx = Math.max(fit.residualPx, isPercent ? 0 : distanceOfLabels(fit, movedTicks));
  const count = tickCount(ticks);
  return {
    state: 'ready',
    source: 'labels',
    symbol: '',
    height,
    mode: isPercent ? 2 : fit.mode === 'log' ? 1 : 0,
    prices,
    range: [],
    disagreementPx,
    written: ticksOf(labels.slice(count), drawn.slice(count)).flatMap(({ value, y }) => [value, y]),
    otherReading,
  };
}

let parsedTexts = '';
let parsed: TickReading = parseTickLabels([]);

/** Most paints of a moving axis write what the one before wrote, only elsewhere. */
function parseLabels(texts: readonly string[]): TickReading {
  const joined = texts.join('|');
  if (joined !== parsedTexts) parsed = parseTickLabels(texts);
  parsedTexts = joined;
  return parsed;
}

/** How many of the labels drawn in place are ticks: they come first, in the order of their places. */
function tickCount(labels: readonly DrawnLabel[]): number {
  const direction = Math.sign(labels[1].y - labels[0].y);
  const end = labels.findIndex(({ y }, i) => i > 0 && Math.sign(y - labels[i - 1].y) !== direction);
  return end < 0 ? labels.length : end;
}

function ticksOf(labels: readonly (TickLabel | null)[], drawn: readonly DrawnLabel[]): Tick[] {
  return drawn.flatMap(({ y }, i) => (labels[i] ? [{ value: labels[i].value, y }] : []));
}

/** How far the nearest price label stands from the fit, beyond its rounding; 0 without one. */
function distanceOfLabels(fit: AxisFit, labels: readonly Tick[]): number {
  const nearest = Math.min(...labels.map(({ value, y }) => Math.abs(valueToY(fit, value) - y)));
  return labels.length === 0 ? 0 : Math.max(0, nearest - LABEL_ROUNDING_PX);
}

/** A canvas painted twice in one go repeats its labels: the later painting is the one seen. */
function latestPaint(labels: readonly DrawnLabel[]): readonly DrawnLabel[] {
  const start = labels.findLastIndex(({ text }, i) => i > 0 && text === labels[0].text);
  return start > 0 && labels.length - start >= MIN_TICKS ? labels.slice(start) : labels;
}

/** The tallest pane is the main one; its right axis goes first (`right` is behind `left`). Bitmap heights cost no layout. */
function mainAxis(axes: readonly Axis[]): Axis {
  return axes.reduce((best, axis) => {
    const taller = axis.canvas.height - best.canvas.height;
    return taller > 0 || (taller === 0 && axis.side > best.side) ? axis : best;
  });
}

/**
 * A chart that was drawn before the hook draws its ticks again when the pointer leaves it. Not under the real pointer:
 * the chart would believe it gone, and that chart is about to be redrawn anyway.
 */
function askForPaint(view: View): void {
  for (const canvas of view.document.querySelectorAll(PANE_CANVASES)) {
    if (canvas.matches(':hover')) continue;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = { clientX: left + width / 2, clientY: top + height / 2 };
    for (const type of ['mouseenter', 'mousemove', 'mouseleave']) canvas.dispatchEvent(new view.MouseEvent(type, at));
  }
}
