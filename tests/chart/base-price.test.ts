import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createBasePrice, type ShareAxis, type ShareLabel } from '@/lib/chart/base-price';

const HEIGHT = 500;
const STEP_MS = 50;
/** Somewhere within a minute, far from its ends. */
const VENUE_MS = 20_000;

interface Chart {
  base: number;
  /** By which its labels are written, where the axis has not been made anew yet. */
  textBase?: number;
  /** Share at the pane's middle and per pixel of height. */
  middle: number;
  perPx: number;
  isInverted: boolean;
  ratio: number;
  /** How far its ticks lie from the axis; they stand on whole pixels where that is much. */
  roughPx: number;
  /** How long the chart's price is behind ours; ahead of it where negative. */
  delayMs: number;
  /** Labels that are no last price's. */
  others: ShareLabel[];
}

const CHART: Chart = {
  base: 60_000,
  middle: 1.02,
  perPx: 0.0001,
  isInverted: false,
  ratio: 1,
  roughPx: 0,
  delayMs: 100,
  others: [],
};

const axisOf = ({ middle, perPx, isInverted, roughPx }: Chart): ShareAxis => {
  const slope = isInverted ? perPx : -perPx;
  return { top: middle - (slope * HEIGHT) / 2, perPx: slope, height: HEIGHT, roughPx };
};

/** As lightweight-charts paints it: on device pixels, half of one lower where the line is an odd number of them thick. */
function lastLabel(chart: Chart, price: number): ShareLabel[] {
  const { top, perPx } = axisOf(chart);
  const y = (price / chart.base - top) / perPx;
  if (y < 0 || y > HEIGHT) return [];
  const thick = Math.max(1, Math.floor(chart.ratio));
  const middle = (Math.round(y * chart.ratio) - Math.floor(chart.ratio / 2) + thick / 2) / chart.ratio;
  const share = price / (chart.textBase ?? chart.base);
  return [{ share: Math.round(share * 1e4) / 1e4, step: 1e-4, y: middle }];
}

/** Worst distance in pixels of the pane's prices from where the chart has them. */
function errorPx(chart: Chart, found: number): number {
  const { top, perPx } = axisOf(chart);
  const shares = [top, top + perPx * (HEIGHT - 1)];
  return Math.max(...shares.map((share) => Math.abs((share * (found / chart.base - 1)) / perPx)));
}

/** Lets time pass over a path of prices, one a step; `each` may change the chart before it is painted. */
function play(
  chart: Chart,
  path: readonly number[],
  each: (step: number, nowMs: number, finder: ReturnType<typeof createBasePrice>) => void = () => {},
) {
  const finder = createBasePrice();
  const errors: (number | null)[] = [];
  path.forEach((price, step) => {
    const nowMs = step * STEP_MS;
    each(step, nowMs, finder);
    if (step % 2 === 0) finder.hear(price, VENUE_MS, nowMs);
    const at = Math.min(path.length - 1, Math.max(0, step - Math.round(chart.delayMs / STEP_MS)));
    finder.look(axisOf(chart), [...chart.others, ...lastLabel(chart, path[at])], nowMs);
    const found = finder.price(nowMs);
    errors.push(found === null ? null : errorPx(chart, found));
  });
  return { finder, errors, last: errors.at(-1) ?? null };
}

const STEPS = 30;
/** A price that wanders: `moves` are shares by which it changes every 1.5 s. */
const pathOf = (moves: readonly number[], from = 61_000): number[] => {
  const path: number[] = [];
  let price = from;
  for (const move of moves) {
    price *= 1 + move;
    for (let i = 0; i < STEPS; i++) path.push(price);
  }
  return path;
};
const WANDERING = pathOf(Array.from({ length: 20 }, (_, i) => 0.0004 * Math.sin(i / 2)));

it('finds the base of a price that moves, exact to a fraction of a pixel', () => {
  const { last } = play(CHART, WANDERING);
  expect(last).toBeLessThan(0.5);
});

it('is not sure before the price has moved, and never of a label that stays', () => {
  expect(play(CHART, pathOf(Array.from({ length: 20 }, () => 0))).errors.every((each) => each === null)).toBe(true);
  const { top, perPx } = axisOf(CHART);
  const order = { share: 1.0199, step: 1e-4, y: (1.0199 - top) / perPx };
  // The last price itself lies outside the view.
  const { errors } = play(
    { ...CHART, others: [order] },
    pathOf(
      Array.from({ length: 20 }, (_, i) => (i % 8 < 4 ? 1 : -1) * 4e-4),
      90_000,
    ),
  );
  expect(errors.every((each) => each === null)).toBe(true);
});

it('tells the last price from orders and from labels that were moved', () => {
  const { top, perPx } = axisOf(CHART);
  const place = (share: number): number => (share - top) / perPx;
  const others = [
    { share: 1.018, step: 1e-4, y: place(1.018) },
    { share: 1.021, step: 1e-4, y: place(1.021) + 13 },
  ];
  expect(play({ ...CHART, others }, WANDERING).last).toBeLessThan(0.5);
});

it('shows nothing wrong when another bar becomes the first, and finds the new base', () => {
  const chart = { ...CHART };
  const { errors, last } = play(chart, [...WANDERING, ...WANDERING], (step, nowMs, finder) => {
    if (step !== 400) return;
    finder.touch(nowMs);
    chart.base *= 1.004;
  });
  expect(errors.slice(0, 400).some((each) => each !== null)).toBe(true);
  expect(errors.slice(400, 420).every((each) => each === null)).toBe(true);
  expect(last).toBeLessThan(0.5);
});

it('is silent while the label that would tell of another base has left the view', () => {
  const chart = { ...CHART };
  const { errors } = play(chart, [...WANDERING, ...WANDERING], (step, nowMs, finder) => {
    if (step !== 400) return;
    finder.touch(nowMs);
    chart.base *= 0.5;
  });
  expect(errors.slice(0, 400).some((each) => each !== null)).toBe(true);
  expect(errors.slice(400).every((each) => each === null)).toBe(true);
});

it.each([
  ['from the start', 0],
  ['later', 400],
])('goes by the place of a label whose text alone has another base, %s', (_, change) => {
  const chart = { ...CHART, roughPx: 0.25 };
  const { errors, last } = play(chart, [...WANDERING, ...WANDERING], (step, nowMs, finder) => {
    if (step !== change) return;
    finder.touch(nowMs);
    chart.textBase = chart.base * 1.002;
  });
  expect(errors.slice(change, change + 2).every((each) => each === null)).toBe(true);
  expect(last).toBeLessThan(1);
});

it('shows nothing where a label that was pushed aside stands in the way of the price', () => {
  const chart = { ...CHART };
  const finder = createBasePrice();
  const errors: (number | null)[] = [];
  const { top, perPx } = axisOf(chart);
  [...WANDERING, ...WANDERING].forEach((price, step) => {
    const nowMs = step * STEP_MS;
    const isPushed = step >= 400;
    if (step === 400) finder.touch(nowMs);
    finder.hear(price, VENUE_MS, nowMs);
    const [label] = lastLabel({ ...chart, ...(isPushed ? { textBase: chart.base * 1.002 } : {}) }, price);
    finder.look(
      axisOf(chart),
      [isPushed ? { ...label, y: (WANDERING[400] / chart.base - top) / perPx } : label],
      nowMs,
    );
    errors.push(finder.price(nowMs));
  });
  expect(errors.slice(0, 400).some((each) => each !== null)).toBe(true);
  expect(errors.slice(400).every((each) => each === null)).toBe(true);
});

it('waits for the label behind a time in which nothing was heard', () => {
  const { finder } = play(CHART, WANDERING);
  const nowMs = WANDERING.length * STEP_MS;
  const price = WANDERING.at(-1)!;
  expect(finder.price(nowMs)).not.toBeNull();
  finder.hear(price, VENUE_MS, nowMs + 10_000);
  finder.look(axisOf(CHART), lastLabel(CHART, price * 1.002), nowMs + 10_000);
  expect(finder.price(nowMs + 10_000)).toBeNull();
  finder.look(axisOf(CHART), lastLabel(CHART, price), nowMs + 10_050);
  expect(finder.price(nowMs + 10_050)).not.toBeNull();
});

it('waits for the label wherever a bar may have opened', () => {
  const chart = { ...CHART };
  const finder = createBasePrice();
  let nowMs = 0;
  for (const price of WANDERING) {
    finder.hear(price, VENUE_MS, (nowMs += STEP_MS));
    finder.look(axisOf(chart), lastLabel(chart, price), nowMs);
  }
  const price = WANDERING.at(-1)!;
  expect(finder.price(nowMs)).not.toBeNull();
  finder.hear(price, 60_100, (nowMs += STEP_MS));
  finder.look(axisOf(chart), lastLabel(chart, price * 1.002), nowMs);
  expect(finder.price(nowMs)).toBeNull();
  finder.look(axisOf(chart), lastLabel(chart, price), (nowMs += STEP_MS));
  expect(finder.price(nowMs)).not.toBeNull();
});

describe('whatever base, range and way of the price', () => {
  it('puts every price of the pane within a pixel, or stays silent', () => {
    let shown = 0;
    fc.assert(
      fc.property(
        fc.record({
          base: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
          middle: fc.double({ min: 0.5, max: 3, noNaN: true }),
          perPx: fc.double({ min: -4.5, max: -2.3, noNaN: true }).map((power) => 10 ** power),
          isInverted: fc.boolean(),
          ratio: fc.constantFrom(1, 1.25, 1.5, 2),
          roughPx: fc.constantFrom(0, 0.25),
          delayMs: fc.integer({ min: -300, max: 900 }),
        }),
        fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 8, maxLength: 20 }),
        fc.array(
          fc.record({ step: fc.nat(600), by: fc.double({ min: -200, max: 200, noNaN: true }), isText: fc.boolean() }),
          {
            maxLength: 3,
          },
        ),
        fc.array(fc.double({ min: 0, max: HEIGHT, noNaN: true }), { maxLength: 2 }),
        (drawn, movesPx, changes, otherPlaces) => {
          const chart: Chart = { ...drawn, others: [] };
          const { top, perPx } = axisOf(chart);
          chart.others = otherPlaces.map((y) => ({ share: top + perPx * y, step: 1e-4, y }));
          const path = pathOf(
            movesPx.map((px) => (px * chart.perPx) / chart.middle),
            chart.base * chart.middle,
          );
          const { errors } = play(chart, path, (step, nowMs, finder) => {
            for (const { by, isText } of changes.filter((each) => each.step === step)) {
              finder.touch(nowMs);
              chart.textBase = chart.base * (1 + by * chart.perPx);
              if (!isText || chart.roughPx === 0) chart.base = chart.textBase;
            }
          });
          for (const error of errors) {
            if (error !== null) shown++;
            expect(error ?? 0).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(shown).toBeGreaterThan(1_000);
  });
});
