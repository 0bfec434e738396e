import { describe, expect, it } from 'vitest';

import { createScheduler } from '@/lib/render/scheduler';

let timeMs = 0;
let handles = 0;

function setUp(frames = new Map<number, FrameRequestCallback>(), ends = new Set<() => void>()) {
  const controller = new AbortController();
  let drawn = 0;
  const scheduler = createScheduler(
    {
      requestAnimationFrame: (callback) => (frames.set(++handles, callback), handles),
      cancelAnimationFrame: (cancelled) => void frames.delete(cancelled),
    },
    () => void ends.add(() => scheduler.atEnd()),
    () => void drawn++,
    controller.signal,
  );
  /** `onDrawn` is what the page does behind its own drawing. */
  const runFrame = (onDrawn = () => {}): void => {
    const callbacks = [...frames.values()];
    frames.clear();
    timeMs += 16;
    for (const callback of callbacks) callback(timeMs);
    onDrawn();
    for (const end of ends) end();
    ends.clear();
  };
  return { scheduler, frames, controller, runFrame, drawn: () => drawn };
}

describe('scheduler', () => {
  it('draws at once when told by the chart', () => {
    const { scheduler, drawn } = setUp();
    scheduler.now();
    expect(drawn()).toBe(1);
  });

  it('merges everything else into one frame', () => {
    const { scheduler, drawn, runFrame, frames } = setUp();
    scheduler.soon();
    scheduler.soon();
    expect([drawn(), frames.size]).toEqual([0, 1]);
    runFrame();
    expect(drawn()).toBe(1);
    scheduler.soon();
    runFrame();
    expect(drawn()).toBe(2);
  });

  it('does not draw again in the next frame what the chart has just made it draw', () => {
    const { scheduler, drawn, runFrame } = setUp();
    scheduler.soon();
    scheduler.now();
    runFrame();
    expect(drawn()).toBe(1);
  });

  it('draws once in a frame in which the chart moves, though it stood still before', () => {
    const { scheduler, drawn, runFrame } = setUp();
    scheduler.soon();
    runFrame(() => scheduler.now());
    expect(drawn()).toBe(1);
    runFrame();
    expect(drawn()).toBe(1);
  });

  it('lets the charts of a layout take turns, two a frame', () => {
    const frames = new Map<number, FrameRequestCallback>();
    const ends = new Set<() => void>();
    const charts = Array.from({ length: 5 }, () => setUp(frames, ends));
    for (const { scheduler } of charts) scheduler.soon();
    const drawn = () => charts.map((chart) => chart.drawn());
    charts[0].runFrame();
    expect(drawn()).toEqual([1, 1, 0, 0, 0]);
    // Who waits comes before whoever asks again.
    charts[0].scheduler.soon();
    charts[0].runFrame();
    expect(drawn()).toEqual([1, 1, 1, 1, 0]);
    charts[0].runFrame();
    expect(drawn()).toEqual([2, 1, 1, 1, 1]);
  });

  it('asks for no frame at rest and none once ended', () => {
    const { scheduler, frames, controller, drawn, runFrame } = setUp();
    expect(frames.size).toBe(0);
    scheduler.soon();
    runFrame(() => controller.abort());
    expect([frames.size, drawn()]).toEqual([0, 0]);
    scheduler.soon();
    scheduler.now();
    expect([frames.size, drawn()]).toEqual([0, 0]);
  });
});
