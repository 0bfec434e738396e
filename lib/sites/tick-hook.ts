import { heightOf, pxIn } from './chart-dom';
import { readPage, type View } from './page-call';

/** A label as the chart drew it, in CSS pixels of the canvas: where it was put and where it begins, and its middle. */
export interface DrawnLabel {
  readonly text: string;
  readonly x: number;
  readonly left: number;
  readonly y: number;
}

/** What one canvas drew in one go. */
export interface Burst {
  /** Drawn without translation: ticks, in lightweight-charts price labels too. */
  readonly ticks: readonly DrawnLabel[];
  /** Drawn translated: price, study and line labels, possibly moved to avoid overlap. */
  readonly moved: readonly DrawnLabel[];
  /** The canvas's pixels per CSS pixel. */
  readonly ratio: number;
}

/** More than any axis has; a page may draw texts without end. */
const MAX_LABELS = 200;
const MAX_KNOWN = 1_000;

interface PendingBurst extends Burst {
  readonly ticks: DrawnLabel[];
  readonly moved: DrawnLabel[];
  /** Of its first label: reading it costs more than drawing. */
  readonly font: string;
}

interface Measure {
  readonly width: number;
  /** By how much the chart lowers a label so that its digits, not its line box, stand in the middle. */
  readonly lowered: number;
}

/** How much of a text lies left of where it is put. */
const LEFT_OF_X: Readonly<Record<string, number>> = { center: 0.5, right: 1, end: 1 };

/**
 * Watches the texts that the canvases of a window draw, and hands over each canvas's burst in a microtask behind it:
 * still before the same frame is painted; a canvas of which `onBurst` makes nothing is never looked at again. Nothing the chart does changes. False when the page forbids the patch.
 */
export function hookTicks(
  view: View,
  onBurst: (canvas: HTMLCanvasElement, burst: Burst) => boolean,
  signal: AbortSignal,
): boolean {
  const ignored = new WeakSet<HTMLCanvasElement>();
  const pending = new Map<HTMLCanvasElement, PendingBurst>();
  const measures = new Map<string, Measure>();
  /** The last text of each canvas that stands nowhere, in its pixels: the charts of 2020 copy ticks from there. */
  const stamps = new WeakMap<object, DrawnLabel>();

  function onText(context: CanvasRenderingContext2D, [text, x, y]: readonly [unknown, number, number]): void {
    const { canvas, textBaseline } = context;
    if (ignored.has(canvas) || typeof text !== 'string') return;
    const burst = canvas.isConnected ? burstOf(context) : null;
    const { a, d, e, f } = context.getTransform();
    const font = burst?.font ?? context.font;
    const { lowered, width } = measure(context, text, font + textBaseline + text);
    const left = x - width * (LEFT_OF_X[context.textAlign] ?? 0);
    // KLineChart hangs a label by its top, half of the font's size above its place.
    const middle = textBaseline === 'top' ? y + pxIn(font) / 2 : y - lowered;
    const label = { text, x: a * x + e, left: a * left + e, y: d * middle + f };
    if (burst) push(burst, e === 0 && f === 0 ? burst.ticks : burst.moved, label);
    else stamps.set(canvas, label);
  }

  function onImage(context: CanvasRenderingContext2D, [source, ...at]: readonly [object, ...number[]]): void {
    const { canvas } = context;
    const stamp = stamps.get(source);
    if (!stamp || ignored.has(canvas) || !canvas.isConnected) return;
    const { height } = source as HTMLCanvasElement;
    const [fromY, fromHeight, toY, toHeight] =
      at.length === 8 ? [at[1], at[3], at[5], at[7]] : [0, height, at[1], at[3] ?? height];
    const { d, f } = context.getTransform();
    const burst = burstOf(context);
    push(burst, burst.ticks, { ...stamp, y: f + d * (toY + ((stamp.y - fromY) * toHeight) / fromHeight) });
  }

  function burstOf(context: CanvasRenderingContext2D): PendingBurst {
    const { canvas } = context;
    if (pending.size === 0) queueMicrotask(flush);
    let burst = pending.get(canvas);
    if (!burst) {
      burst = { ticks: [], moved: [], font: context.font, ratio: canvas.height / heightOf(canvas) };
      pending.set(canvas, burst);
    }
    return burst;
  }

  function measure(context: CanvasRenderingContext2D, text: string, key: string): Measure {
    let known = measures.get(key);
    if (!known) {
      const shape = text.replace(/[2-9]/g, '0');
      const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(shape);
      known = { width, lowered: (actualBoundingBoxAscent - actualBoundingBoxDescent) / 2 || 0 };
      if (measures.size >= MAX_KNOWN) measures.clear();
      measures.set(key, known);
    }
    return known;
  }

  function flush(): void {
    const bursts = [...pending];
    pending.clear();
    for (const [canvas, burst] of bursts) if (!onBurst(canvas, burst)) ignored.add(canvas);
  }

  const { prototype } = view.CanvasRenderingContext2D;
  // Only the charts of 2020 need copies to be heard.
  hook(prototype, 'drawImage', onImage, signal);
  return hook(prototype, 'fillText', onText, signal);
}

function push({ ratio }: PendingBurst, labels: DrawnLabel[], { text, x, left, y }: DrawnLabel): void {
  if (labels.length < MAX_LABELS) labels.push({ text, x: x / ratio, left: left / ratio, y: y / ratio });
}

/** Has `onCall` hear of every call of a method, behind it, until the signal aborts. False where the page forbids it. */
function hook(
  prototype: CanvasRenderingContext2D,
  name: 'fillText' | 'drawImage',
  onCall: (context: CanvasRenderingContext2D, args: never) => void,
  signal: AbortSignal,
): boolean {
  const original = readPage(prototype, name);
  if (typeof original !== 'function') return false;
  // A proxy keeps the function's name, length and native look for pages that compare them.
  const hooked: unknown = new Proxy(original, {
    apply(target, self: CanvasRenderingContext2D, args: unknown[]) {
      const result: unknown = Reflect.apply(target, self, args);
      // Behind the drawing: an invalid call has thrown the page's own error by now.
      if (!signal.aborted) onCall(self, args as never);
      return result;
    },
  });
  // Refused by a frozen prototype.
  if (!Reflect.set(prototype, name, hooked)) return false;
  signal.addEventListener('abort', () => {
    // Somebody may have wrapped our wrapper; then it stays, and passes every call through.
    if (readPage(prototype, name) === hooked) Reflect.set(prototype, name, original);
  });
  return true;
}
