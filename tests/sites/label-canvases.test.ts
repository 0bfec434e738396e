// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import { createAnnouncer } from '@/lib/sites/announcer';
import { createLabelReader } from '@/lib/sites/label-reader';
import type { View } from '@/lib/sites/page-call';

class FakeContext {
  textBaseline = 'middle';
  fontReads = 0;
  readonly canvas: HTMLCanvasElement;
  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }
  get font(): string {
    this.fontReads++;
    return '12px sans-serif';
  }
  getTransform = () => ({ a: 1, d: 1, e: 0, f: 0 });
  measureText = () => ({ width: 40, actualBoundingBoxAscent: 4, actualBoundingBoxDescent: 4 });
  fillText(..._drawn: unknown[]): void {}
  drawImage(..._drawn: unknown[]): void {}
}

it('looks once at the upper of two canvases, where the crosshair has its label', async () => {
  const stacked = '<td><div><canvas style="height:400px"></canvas><canvas></canvas></div></td>';
  document.body.innerHTML = `<table><tr><td></td>${stacked}${stacked}</tr><tr></tr></table>`;
  const view = { CanvasRenderingContext2D: FakeContext, queueMicrotask, document, MouseEvent } as unknown as View;
  createLabelReader(view, createAnnouncer(), new AbortController().signal);
  const [lower, upper] = Array.from(document.querySelectorAll('td:last-child canvas'), (canvas) => {
    return new FakeContext(canvas as HTMLCanvasElement);
  });
  const paint = async (): Promise<void> => {
    upper.fillText('67,512.3', 4, 111);
    await Promise.resolve();
    for (const [i, text] of ['69,000.0', '68,000.0', '67,000.0'].entries()) lower.fillText(text, 4, 50 + 80 * i);
    await Promise.resolve();
  };
  for (let i = 0; i < 5; i++) await paint();
  // Once before the ticks were seen, once behind them.
  expect([lower.fontReads, upper.fontReads]).toEqual([5, 2]);
});
