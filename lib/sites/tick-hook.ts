import { heightOf } from './chart-dom';
import { readPage, type View } from './page-call';

/** A label as the chart drew it; y is its middle, in CSS pixels from the canvas's top. */
export interface DrawnLabel {
  readonly text: string;
  readonly y: number;
}

/** What one canvas drew in one go. */
export interface Burst {
  /** Drawn without translation: ticks, in lightweight-charts price labels too. */
  readonly ticks: readonly DrawnLabel[];
  /** Drawn translated: price, study and line labels, possibly moved to avoid overlap. */
  readonly moved: readonly DrawnLabel[];
}

/** What a listener makes of a burst: look again next time, or never at this canvas. */
export type Verdict = 'keep' | 'ignore';

/** More than any axis has; a page may draw texts without end. */
const MAX_LABELS = 200;
const MAX_KNOWN = 1_000;

interface PendingBurst {
  readonly ticks: DrawnLabel[];
  readonly moved: DrawnLabel[];
  /** Of its first label: reading it costs more than drawing. */
  readonly font: string;
}

/**
 * Watches the texts that the canvases of a window draw, and hands over each canvas's burst in a microtask behind it:
 * still before the same frame is painted. Nothing the chart does changes. False when the page forbids the patch.
 */
export function hookTicks(
  view: View,
  onBurst: (canvas: HTMLCanvasElement, burst: Burst) => Verdict,
  signal: AbortSignal,
): boolean {
  const ignored = new WeakSet<HTMLCanvasElement>();
  const pending = new Map<HTMLCanvasElement, PendingBurst>();
  const corrections = new Map<string, number>();
  /** The last text of each canvas that stands nowhere, y in bitmap pixels: the charts of 2020 copy ticks from there. */
  const stamps = new WeakMap<object, DrawnLabel>();

  function onText(context: CanvasRenderingContext2D, [text, , y]: readonly unknown[]): void {
    const { canvas } = context;
    if (ignored.has(canvas) || typeof text !== 'string' || typeof y !== 'number') return;
    const { textBaseline } = context;
    const isStamp = !canvas.isConnected;
    if (!isStamp && textBaseline !== 'middle' && textBaseline !== 'top') return;
    const burst = isStamp ? null : burstOf(context);
    const { e, f, d } = context.getTransform();
    const font = burst?.font ?? context.font;
    const middle = y + (textBaseline === 'top' ? halfOf(font) : -midCorrection(context, font + textBaseline, text));
    if (burst) push(e === 0 && f === 0 ? burst.ticks : burst.moved, text, middle + f / d);
    else stamps.set(canvas, { text, y: middle * d + f });
  }

  function onImage(context: CanvasRenderingContext2D, [source, ...at]: readonly unknown[]): void {
    const { canvas } = context;
    const stamp = stamps.get(source as object);
    if (!stamp || ignored.has(canvas) || !canvas.isConnected) return;
    const { height } = source as HTMLCanvasElement;
    const [fromY, fromHeight, toY, toHeight] = (
      at.length === 8 ? [at[1], at[3], at[5], at[7]] : [0, height, at[1], at[3] ?? height]
    ) as number[];
    const { d, f } = context.getTransform();
    const y = f + d * (toY + ((stamp.y - fromY) * toHeight) / fromHeight);
    push(burstOf(context).ticks, stamp.text, (y * heightOf(canvas)) / canvas.height);
  }

  function burstOf(context: CanvasRenderingContext2D): PendingBurst {
    const { canvas } = context;
    if (pending.size === 0) view.queueMicrotask(flush);
    let burst = pending.get(canvas);
    if (!burst) pending.set(canvas, (burst = { ticks: [], moved: [], font: context.font }));
    return burst;
  }

  /** By how much the chart lowers a label so that its digits, not its line box, stand in the middle. */
  function midCorrection(context: CanvasRenderingContext2D, font: string, text: string): number {
    const key = `${font} ${text}`;
    let correction = corrections.get(key);
    if (correction === undefined) {
      const shape = text.replace(/[2-9]/g, '0');
      const { actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(shape);
      correction = (actualBoundingBoxAscent - actualBoundingBoxDescent) / 2 || 0;
      if (corrections.size >= MAX_KNOWN) corrections.clear();
      corrections.set(key, correction);
    }
    return correction;
  }

  function flush(): void {
    const bursts = [...pending];
    pending.clear();
    for (const [canvas, burst] of bursts) if (onBurst(canvas, burst) === 'ignore') ignored.add(canvas);
  }

  const { prototype } = view.CanvasRenderingContext2D;
  // Only the charts of 2020 need copies to be heard.
  return hook(prototype, 'fillText', onText, signal) && (hook(prototype, 'drawImage', onImage, signal), true);
}

function push(labels: DrawnLabel[], text: string, y: number): void {
  if (labels.length < MAX_LABELS) labels.push({ text, y });
}

/** Has `onCall` hear of every call of a method, behind it, until the signal aborts. False where the page forbids it. */
function hook(
  prototype: CanvasRenderingContext2D,
  name: 'fillText' | 'drawImage',
  onCall: (context: CanvasRenderingContext2D, args: readonly unknown[]) => void,
  signal: AbortSignal,
): boolean {
  const descriptor = Reflect.getOwnPropertyDescriptor(prototype, name);
  const original: unknown = descriptor?.value;
  if (typeof original !== 'function') return false;
  // A proxy keeps the function's name, length and native look for pages that compare them.
  const hooked: unknown = new Proxy(original, {
    apply(target, self: CanvasRenderingContext2D, args: unknown[]) {
      const result: unknown = Reflect.apply(target, self, args);
      // Behind the drawing: an invalid call has thrown the page's own error by now.
      if (!signal.aborted) onCall(self, args);
      return result;
    },
  });
  // Refused by a frozen prototype.
  if (!Reflect.defineProperty(prototype, name, { ...descriptor, value: hooked })) return false;
  signal.addEventListener('abort', () => {
    // Somebody may have wrapped our wrapper; then it stays, and passes every call through.
    if (readPage(prototype, name) === hooked) Reflect.defineProperty(prototype, name, descriptor ?? {});
  });
  return true;
}

/** KLineChart hangs a label by its top, half of the font's size above its place. */
const halfOf = (font: string): number => Number.parseFloat(/[\d.]+(?=px)/.exec(font)?.[0] ?? '0') / 2;
