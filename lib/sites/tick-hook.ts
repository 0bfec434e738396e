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
  const prototype = view.CanvasRenderingContext2D.prototype;
  const descriptor = Reflect.getOwnPropertyDescriptor(prototype, 'fillText');
  const original: unknown = descriptor?.value;
  if (typeof original !== 'function') return false;

  const ignored = new WeakSet<HTMLCanvasElement>();
  const pending = new Map<HTMLCanvasElement, PendingBurst>();
  const corrections = new Map<string, number>();

  function record(context: CanvasRenderingContext2D, text: unknown, y: unknown): void {
    const { canvas } = context;
    if (ignored.has(canvas) || typeof text !== 'string' || typeof y !== 'number') return;
    const { textBaseline } = context;
    if (textBaseline !== 'middle' && textBaseline !== 'top') return;
    if (pending.size === 0) view.queueMicrotask(flush);
    let burst = pending.get(canvas);
    if (!burst) pending.set(canvas, (burst = { ticks: [], moved: [], font: context.font }));
    const { e, f, d } = context.getTransform();
    const isTick = e === 0 && f === 0;
    const labels = isTick ? burst.ticks : burst.moved;
    if (labels.length < MAX_LABELS)
      labels.push({
        text,
        y: y + f / d + (textBaseline === 'top' ? halfOf(burst.font) : -midCorrection(context, burst.font, text)),
      });
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

  // A proxy keeps the function's name, length and native look for pages that compare them.
  const hooked: unknown = new Proxy(original, {
    apply(target, self: CanvasRenderingContext2D, args: unknown[]) {
      const result: unknown = Reflect.apply(target, self, args);
      // Behind the drawing: an invalid call has thrown the page's own error by now.
      if (!signal.aborted) record(self, args[0], args[2]);
      return result;
    },
  });
  // Refused by a frozen prototype.
  if (!Reflect.defineProperty(prototype, 'fillText', { ...descriptor, value: hooked })) return false;
  signal.addEventListener('abort', () => {
    // Somebody may have wrapped our wrapper; then it stays, and passes every call through.
    if (readPage(prototype, 'fillText') === hooked) Reflect.defineProperty(prototype, 'fillText', descriptor ?? {});
  });
  return true;
}

/** KLineChart hangs a label by its top, half of the font's size above its place. */
const halfOf = (font: string): number => Number.parseFloat(/[\d.]+(?=px)/.exec(font)?.[0] ?? '0') / 2;
