import type { Announcer } from './announcer';
import { type AxisPlace, PANE_CANVASES, placeOfAxis, UPPER_CANVASES } from './chart-dom';
import { columnOf, messageFromLabels, MIN_TICKS } from './label-message';
import type { View } from './page-call';
import { type Burst, type DrawnLabel, hookTicks } from './tick-hook';

interface Axis extends AxisPlace {
  readonly canvas: HTMLCanvasElement;
}

/** Reads the price scale of one window's charts off the tick labels they draw, where the page does not forbid it. */
export function createLabelReader(view: View, announcer: Announcer, signal: AbortSignal): void {
  let axes: Axis[] = [];

  function onBurst(canvas: HTMLCanvasElement, { ticks, moved, ratio }: Burst): boolean {
    let axis = axes.find((known) => known.canvas === canvas);
    const place = axis ?? placeOfAxis(canvas);
    // Where pane and axis share an element, times and legends may be among the labels, translated or not.
    const shared = place?.pane === canvas.parentElement ? [...ticks, ...moved] : null;
    const labels = latestPaint(shared ? columnOf(shared) : ticks);
    if (labels.length < MIN_TICKS && (shared || !axis))
      // The upper of two canvases follows the pointer, once the lower one is known to have the ticks.
      return shared !== null || axes.length === 0 || !canvas.matches(UPPER_CANVASES);
    if (!axis) {
      // The time axis draws all its labels at one height.
      if (!place || (!shared && labels[0].y === labels[2].y)) return false;
      axis = { canvas, ...place };
      axes = [...axes.filter((known) => known.canvas.isConnected), axis];
    }
    const main = mainAxis(axes.filter(({ table }) => table === axis.table));
    for (const { pane } of axes) if (pane !== main.pane && axis.table.contains(pane)) announcer.withdraw(pane);
    if (main === axis)
      announcer.announce(
        axis.pane,
        messageFromLabels(
          labels,
          shared ? [] : moved,
          canvas.height / ratio,
          shared && { box: axis.pane, canvas, labels: shared },
        ),
      );
    return true;
  }

  signal.addEventListener('abort', () => {
    for (const { pane } of axes) announcer.withdraw(pane);
    axes = [];
  });
  if (hookTicks(view, onBurst, signal)) askForPaint(view);
}

/** A canvas painted twice in one go repeats its labels: the later painting is the one seen. */
function latestPaint(labels: readonly DrawnLabel[]): readonly DrawnLabel[] {
  const start = labels.findLastIndex(({ text }) => text === labels[0].text);
  return start > 0 && labels.length - start >= MIN_TICKS ? labels.slice(start) : labels;
}

/** The tallest pane is the main one; of its axes the last in the page, the right one. Bitmap heights cost no layout. */
const mainAxis = (axes: readonly Axis[]): Axis =>
  axes.reduce((best, axis) => {
    const taller = axis.canvas.height - best.canvas.height;
    const isBehind = taller === 0 && best.canvas.compareDocumentPosition(axis.canvas) === 4;
    return taller > 0 || isBehind ? axis : best;
  });

/**
 * A chart that was drawn before the hook draws its ticks again when the pointer leaves it. Not under the real pointer:
 * the chart would believe it gone, and that chart is about to be redrawn anyway.
 */
function askForPaint(view: View): void {
  for (const canvas of view.document.querySelectorAll(PANE_CANVASES)) {
    if (canvas.matches(':hover')) continue;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = { clientX: left + width / 2, clientY: top + height / 2 };
    for (const type of ['enter', 'move', 'leave']) canvas.dispatchEvent(new view.MouseEvent(`mouse${type}`, at));
  }
}
