import { fitAxis, type Tick, valueToY, yToValue } from '@/lib/chart/axis-fit';
import { parseTickLabels, type TickLabel, type TickReading } from '@/lib/chart/tick-label';
import type { SentScaleMessage } from '@/lib/messaging/page';

import type { DrawnLabel } from './tick-hook';

export const MIN_TICKS = 3;
/** A price label stands on whole device pixels; further away it was moved, or the fit is wrong. */
const LABEL_ROUNDING_PX = 1;
/** A label this far from where the axis has its value is another axis's: overlapping ones are moved by less. */
const FAR_PX = 24;
/** From an axis's labels to its pane, and from the middle of the times up to it. */
const BESIDE_PX = 6;
const ABOVE_PX = 14;

/** A canvas on which more is drawn than the axis, and all that is written there. */
interface SharedCanvas {
  readonly box: Element;
  readonly canvas: HTMLCanvasElement;
  readonly labels: readonly DrawnLabel[];
}

/** The longest column among the labels of a canvas: times and legends stand beside each other, an axis's ticks below. */
export const columnOf = (labels: readonly DrawnLabel[]): readonly DrawnLabel[] =>
  labels
    .map(({ x }) => labels.filter((label) => Math.abs(label.x - x) < 1))
    .reduce((longest, column) => (column.length > longest.length ? column : longest), []);

/** The scale that drawn labels describe. Their symbol is not known from them. */
export function messageFromLabels(
  ticks: readonly DrawnLabel[],
  moved: readonly DrawnLabel[],
  height: number,
  shared: SharedCanvas | null = null,
): SentScaleMessage {
  const drawn = [...ticks, ...moved];
  const { labels, otherReading } = parseLabels(drawn.map(({ text }) => text));
  // The first is a tick; price axes may have the change of a price written on them.
  const isPercent = labels[0]?.isPercent;
  const fit = fitAxis(ticksOf(labels, ticks));
  if (!fit) return { state: 'absent', symbol: '' };
  const distance = ({ value, y }: Tick): number => Math.abs(valueToY(fit, value) - y);
  const own = ticksOf(labels, drawn).filter((tick) => distance(tick) < FAR_PX);
  const box = shared ? boxOf(shared, height, ticks, own) : [];
  const bottom = box[1] ?? height;
  const prices = [yToValue(fit, 0), yToValue(fit, bottom - 1)];
  // Of the nearest price label, beyond its rounding. Percent have two digits, which say less than their place.
  const distances = isPercent ? [] : ticksOf(labels, drawn, ticks.length).map(distance);
  const awayPx = distances.length ? Math.min(...distances) - LABEL_ROUNDING_PX : 0;
  return {
    state: 'ready',
    source: 'labels',
    symbol: '',
    height: bottom,
    mode: isPercent ? 2 : fit.isLog ? 1 : 0,
    prices,
    disagreementPx: Math.max(fit.residualPx, awayPx),
    written: ticksOf(labels, drawn, tickCount(ticks)).flatMap(({ value, y }) => [value, y]),
    otherReading,
    box,
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

/** Those from the one numbered `start` on that are numbers. */
const ticksOf = (labels: readonly (TickLabel | null)[], drawn: readonly DrawnLabel[], start = 0): Tick[] =>
  drawn.flatMap(({ y }, i) => (i >= start && labels[i] ? [{ value: labels[i].value, y }] : []));

/**
 * Where the pane lies in an element that it shares: top, height and right edge. Below it are texts beside each other,
 * the times or a legend; where the axis goes on with other values before, all that is known is that it reaches to its
 * last tick.
 */
function boxOf(
  { box, canvas, labels }: SharedCanvas,
  height: number,
  column: readonly DrawnLabel[],
  own: readonly Tick[],
): readonly number[] {
  const last = Math.max(...own.map(({ y }) => y));
  const below = labels.filter((label) => label.y > last && !column.includes(label));
  const rows = below.filter(({ y }) => below.filter((each) => Math.abs(each.y - y) < 1).length > 1);
  const end = Math.min(height, ...rows.map(({ y }) => y - ABOVE_PX));
  const bottom = column.some(({ y }) => y > last && y < end) ? last + 1 : end;
  const x = canvas.offsetLeft + Math.min(...column.map(({ left }) => left)) - BESIDE_PX;
  const width = box.clientWidth;
  return [canvas.offsetTop, bottom, 2 * x > width ? x : width];
}
