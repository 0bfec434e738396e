import { beforeEach, describe, expect, it } from 'vitest';

import { BAR_MS, type Bar } from '@/lib/market/bar';
import { createBarClock, type BarClock } from '@/lib/venues/bar-clock';

const T0 = 1_767_225_600_000;
const bar = (openTimeMs: number, close = 1): Bar => ({
  openTimeMs,
  open: 1,
  high: 2,
  low: 1,
  close,
  volume: 1,
  takerBuyVolume: NaN,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});
const BARS = [2, 0, 1, 0].map((step) => bar(T0 + step * BAR_MS));
const SPAN = { startMs: T0, endMs: T0 + 3 * BAR_MS };

let nowMs: number;
let clock: BarClock;

const closedSteps = (span = SPAN) => clock.closed(BARS, span, BAR_MS).map((each) => (each.openTimeMs - T0) / BAR_MS);

beforeEach(() => {
  nowMs = T0 + 3 * BAR_MS;
  clock = createBarClock(() => nowMs);
});

describe('bar clock', () => {
  it('lets the newest bar wait while only the machine tells the time', () => {
    expect(closedSteps()).toEqual([0, 1]);
    expect(clock.now()).toBe(nowMs);
  });

  it("goes by the venue's time once it is known, and lets it run on", () => {
    clock.observe(nowMs - 1_000);
    expect(closedSteps()).toEqual([0, 1]);
    nowMs += 1_000;
    expect(closedSteps()).toEqual([0, 1, 2]);
    expect(clock.now()).toBe(nowMs - 1_000);
  });

  it('does not take a bar for closed because somebody set the machine’s clock, but because another one follows', () => {
    nowMs = T0 + 2.5 * BAR_MS;
    clock.observe(nowMs);
    nowMs += 3 * 3_600_000;
    expect(closedSteps()).toEqual([0, 1]);
    expect(closedSteps({ ...SPAN, endMs: T0 + 30 * BAR_MS })).toEqual([0, 1]);
    const followed = [...BARS, bar(T0 + 3 * BAR_MS)];
    expect(clock.closed(followed, { ...SPAN, endMs: T0 + 30 * BAR_MS }, BAR_MS)).toHaveLength(3);
    expect(clock.trusted()).toBe(T0 + 2.5 * BAR_MS + 30_000);
    clock.observe(T0 + 3 * BAR_MS);
    expect(closedSteps()).toEqual([0, 1, 2]);
  });

  it('gives each bar of the range once, oldest first', () => {
    clock.observe(nowMs);
    expect(closedSteps()).toEqual([0, 1, 2]);
    expect(closedSteps({ startMs: T0 + BAR_MS, endMs: T0 + 2.5 * BAR_MS })).toEqual([1]);
  });
});
