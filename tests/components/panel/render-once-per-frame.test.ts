import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { renderOncePerFrame } from '@/components/panel/render-once-per-frame';

let frames: Map<number, () => void>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  frames = new Map();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frames.set(frames.size + 1, callback);
    return frames.size;
  });
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('renders with the next frame, and not again when that would have been late', () => {
  const render = vi.fn();
  renderOncePerFrame(render);
  expect(render).not.toHaveBeenCalled();
  frames.get(1)!();
  vi.runAllTimers();
  expect(render).toHaveBeenCalledTimes(1);
});

it('renders within a quarter of a second where no frames are given, and not again with a later one', () => {
  const render = vi.fn();
  renderOncePerFrame(render);
  vi.advanceTimersByTime(250);
  expect(render).toHaveBeenCalledTimes(1);
  expect(frames.size).toBe(0);
});
