import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { holdFigures } from '@/entrypoints/band.content/held-figures';
import { NO_MARKET, type Market } from '@/entrypoints/band.content/market';
import type { Resolution } from '@/lib/messaging/protocol';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import { randomProfile } from '@/tests/render/profiles';

const FRAME_MS = 16;
const BITCOIN = { ok: true } as Resolution;
const marketOf = (asOfMs: number, resolution = BITCOIN): Market => ({
  ...NO_MARKET,
  resolution,
  sums: sumsFromProfile({ ...randomProfile(1), asOfMs }),
});

let controller = new AbortController();
beforeEach(() => {
  vi.useFakeTimers();
  controller = new AbortController();
});
afterEach(() => {
  controller.abort();
  // The page's charts rest before the next test.
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
});

/** A chart, and what it was given of its market, by the figures' time. */
function stage() {
  const taken: (number | undefined)[] = [];
  const view = globalThis as unknown as Window;
  const take = ({ sums }: Market) => void taken.push(sums?.profile.asOfMs);
  const chart = holdFigures(view, take, controller.signal);
  chart.offer(marketOf(0));
  return {
    ...chart,
    taken,
    /** Drags it so long, a frame after the other. */
    drag: (forMs: number, each: () => void = () => {}): void => {
      for (let ms = 0; ms < forMs; ms += FRAME_MS) {
        vi.advanceTimersByTime(FRAME_MS);
        chart.move();
        each();
      }
    },
  };
}

it('passes figures on at once while the chart rests, and while it follows its ticks', () => {
  const { offer, move, taken } = stage();
  for (let nth = 1; nth <= 5; nth++) {
    vi.advanceTimersByTime(100);
    move();
    offer(marketOf(nth));
  }
  expect(taken).toEqual([0, 1, 2, 3, 4, 5]);
});

it('holds them while the chart is dragged, and gives the newest once it rests', () => {
  const { offer, drag, taken } = stage();
  drag(200);
  let nth = 0;
  drag(500, () => offer(marketOf(++nth)));
  expect(taken).toEqual([0]);
  vi.advanceTimersByTime(500);
  expect(taken).toEqual([0, nth]);
});

it('lets some through in a drag that does not end', () => {
  const { offer, drag, taken } = stage();
  drag(10_000, () => offer(marketOf(performance.now())));
  expect(taken.length).toBeGreaterThanOrEqual(5);
  expect(taken.length).toBeLessThanOrEqual(7);
});

it('holds them on the other charts of the page, too', () => {
  const [dragged, other] = [stage(), stage()];
  dragged.drag(300);
  other.offer(marketOf(1));
  expect(other.taken).toEqual([0]);
  vi.advanceTimersByTime(500);
  expect(other.taken).toEqual([0, 1]);
});

it('does not hold what says that another contract is shown, or none', () => {
  const { offer, drag, taken } = stage();
  drag(300);
  offer(marketOf(1, { ok: true } as Resolution));
  offer(NO_MARKET);
  offer(marketOf(2));
  expect(taken).toEqual([0, 1, undefined, 2]);
});

it('gives nothing more once the chart shows another symbol', () => {
  const { offer, drag, taken } = stage();
  drag(300);
  offer(marketOf(1));
  controller.abort();
  vi.advanceTimersByTime(1_000);
  expect(taken).toEqual([0]);
});
