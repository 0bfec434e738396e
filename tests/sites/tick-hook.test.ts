import { expect, it } from 'vitest';

import type { View } from '@/lib/sites/page-call';
import { type Burst, hookTicks } from '@/lib/sites/tick-hook';

/** A window whose canvases draw nothing but remember what was asked of them. */
function createPage() {
  class FakeContext {
    textBaseline = 'middle';
    font = '12px sans-serif';
    drawn: unknown[][] = [];
    textAlign = 'left';
    matrix = { a: 2, e: 0, f: 0, d: 2 };
    canvas: object;
    constructor(canvas: object) {
      this.canvas = canvas;
    }
    getTransform() {
      return this.matrix;
    }
    measureText() {
      return { width: 50, actualBoundingBoxAscent: 5, actualBoundingBoxDescent: 3 };
    }
    fillText(...args: unknown[]) {
      this.drawn.push(args);
    }
    drawImage(...args: unknown[]) {
      this.drawn.push(args);
    }
  }
  return { FakeContext, view: { CanvasRenderingContext2D: FakeContext, queueMicrotask } as unknown as View };
}

/** An axis 200 pixels tall at two device pixels per pixel. */
const axis = () => ({ isConnected: true, height: 400, style: { height: '200px' } });

function hook(isKept = true) {
  const page = createPage();
  const bursts: Burst[] = [];
  const controller = new AbortController();
  const native = Reflect.get(page.FakeContext.prototype, 'fillText');
  const onBurst = (_: unknown, burst: Burst): boolean => (bursts.push(burst), isKept);
  const isHooked = hookTicks(page.view, onBurst, controller.signal);
  return { ...page, bursts, controller, native, isHooked, context: new page.FakeContext(axis()) };
}

it('hands over a burst in a microtask, ticks apart from moved labels, middles corrected', async () => {
  const { context, bursts } = hook();
  context.fillText('68,250.0', 4, 101);
  context.matrix = { a: 2, e: 6, f: 80, d: 2 };
  context.fillText('68,100.0', 0, 0);
  expect(bursts).toEqual([]);
  await Promise.resolve();
  expect(bursts).toMatchObject([{ ticks: [{ text: '68,250.0', y: 100 }], moved: [{ text: '68,100.0', y: 39 }] }]);
  expect(context.drawn).toHaveLength(2);
});

it('measures a text once in each font', async () => {
  const { context, bursts } = hook();
  let measured = 0;
  context.measureText = () => ({ width: 50, actualBoundingBoxAscent: 5 + measured++, actualBoundingBoxDescent: 3 });
  for (const font of ['12px sans-serif', 'bold 12px sans-serif', '12px sans-serif']) {
    context.font = font;
    context.fillText('68,250.0', 4, 101);
    await Promise.resolve();
  }
  expect(bursts.map(({ ticks }) => ticks[0].y)).toEqual([100, 99.5, 100]);
  expect(measured).toBe(2);
});

it('leaves other arguments alone', async () => {
  const { context, bursts } = hook();
  context.fillText(5, 4, 101);
  context.fillText(null, 4, 101);
  await Promise.resolve();
  expect(bursts).toEqual([]);
  expect(context.drawn).toHaveLength(2);
});

it.each([
  ['left', 100, 100],
  ['center', 100, 75],
  ['right', 100, 50],
  ['end', 100, 50],
])('knows where a text put by its %s begins', async (textAlign, x, left) => {
  const { context, bursts } = hook();
  context.textAlign = textAlign;
  context.fillText('68,250.0', x, 101);
  await Promise.resolve();
  expect(bursts[0].ticks).toMatchObject([{ x, left }]);
});

it('counts in CSS pixels, whatever the context is scaled by', async () => {
  const { context, bursts } = hook();
  context.textBaseline = 'alphabetic';
  context.matrix = { a: 1, e: 0, f: 0, d: 1 };
  context.fillText('68,250.0', 300, 101);
  await Promise.resolve();
  expect(bursts[0].ticks).toMatchObject([{ x: 150, y: 50 }]);
});

it('takes a label hung by its top to stand half a font lower', async () => {
  const { context, bursts } = hook();
  context.textBaseline = 'top';
  context.fillText('68,250.0', 4, 101);
  await Promise.resolve();
  expect(bursts[0].ticks).toEqual([{ text: '68,250.0', x: 4, left: 4, y: 107 }]);
});

it.each([
  ['whole', (stamp: object) => [stamp, 4, 50]],
  ['resized', (stamp: object) => [stamp, 4, 50, 40, 20]],
  ['in part', (stamp: object) => [stamp, 0, 10, 80, 20, 4, 55, 40, 10]],
])('reads a tick that is drawn elsewhere and copied to the axis %s', async (_, at) => {
  const { FakeContext, context, bursts } = hook();
  const stamp = { isConnected: false, height: 40 };
  const elsewhere = new FakeContext(stamp);
  elsewhere.textBaseline = 'alphabetic';
  elsewhere.fillText('68,250.0', 0, 11);
  const scale = at(stamp).length === 3 ? 1 : 2;
  context.matrix = { a: scale, e: 0, f: 0, d: scale };
  context.drawImage(...at(stamp));
  await Promise.resolve();
  // The middle stands 10 pixels below the stamp's top, which is copied to 50; unscaled contexts count device pixels.
  expect(bursts).toMatchObject([{ ticks: [{ text: '68,250.0', y: scale === 1 ? 35 : 60 }], moved: [] }]);
});

it('leaves other pictures alone', async () => {
  const { context, bursts } = hook();
  context.drawImage({ height: 40 }, 4, 50);
  await Promise.resolve();
  expect(bursts).toEqual([]);
});

it('never looks again at a canvas it was told to ignore', async () => {
  const { context, bursts } = hook(false);
  context.fillText('1', 0, 1);
  await Promise.resolve();
  context.fillText('2', 0, 2);
  await Promise.resolve();
  expect(bursts).toHaveLength(1);
});

it('puts the page back as it was', () => {
  const { FakeContext, controller, native, isHooked } = hook();
  expect(isHooked).toBe(true);
  expect(Reflect.get(FakeContext.prototype, 'fillText')).not.toBe(native);
  controller.abort();
  expect(Reflect.get(FakeContext.prototype, 'fillText')).toBe(native);
});

it('stays under a wrapper that the page put over it, and records nothing any more', async () => {
  const { FakeContext, controller, bursts, context } = hook();
  const hooked: (...args: unknown[]) => void = Reflect.get(FakeContext.prototype, 'fillText');
  FakeContext.prototype.fillText = function wrapper(...args: unknown[]) {
    Reflect.apply(hooked, this, args);
  };
  controller.abort();
  context.fillText('1', 0, 1);
  await Promise.resolve();
  expect(context.drawn).toHaveLength(1);
  expect(bursts).toEqual([]);
});

it('hears of texts where the page keeps its copying of pictures to itself', async () => {
  const { FakeContext, view } = createPage();
  Object.defineProperty(FakeContext.prototype, 'drawImage', { writable: false, configurable: false });
  const bursts: Burst[] = [];
  const controller = new AbortController();
  expect(hookTicks(view, (_, burst) => (bursts.push(burst), true), controller.signal)).toBe(true);
  new FakeContext(axis()).fillText('68,250.0', 4, 101);
  await Promise.resolve();
  expect(bursts).toMatchObject([{ ticks: [{ text: '68,250.0' }] }]);
});

it('says so when the page has frozen its prototypes', () => {
  const { FakeContext, view } = createPage();
  Object.freeze(FakeContext.prototype);
  expect(hookTicks(view, () => true, new AbortController().signal)).toBe(false);
});
