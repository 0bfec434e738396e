import { scaleLinear, scaleLog, scaleSymlog } from 'd3-scale';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formulaDistancePx, type PriceScale, priceScaleFromSamples, type ScaleMode } from '@/lib/chart/price-scale';
import type { MediaPx } from '@/lib/core/units';

const PIECES = 32;

function expectScale(scale: PriceScale | null): PriceScale {
  if (scale === null) throw new Error('no scale');
  return scale;
}

const sample = (yToPrice: (y: number) => number, height: number): number[] =>
  Array.from({ length: PIECES + 1 }, (_, i) => yToPrice((i * (height - 1)) / PIECES));

/** Worst distance in pixels between a scale and the axis it was sampled from, over a fine grid of y. */
function worstErrorPx(scale: PriceScale, yToPrice: (y: number) => number): number {
  let worst = 0;
  for (let y = 0; y <= scale.height - 1; y += 0.37) worst = Math.max(worst, Math.abs(scale.priceToY(yToPrice(y)) - y));
  return worst;
}

describe('the distance from the formula', () => {
  const range = { from: 60_000, to: 70_000, height: 501 };

  it('is nothing for prices that run straight from the top price to the bottom price', () => {
    expect(formulaDistancePx([70_000, 65_000, 60_000], range, 'normal')).toBe(0);
    expect(formulaDistancePx([70_000, 65_000, 60_000], range, 'percent')).toBe(0);
  });

  it('is nothing in log mode for prices whose middle is the geometric mean', () => {
    expect(formulaDistancePx([1000, 100, 10], { from: 10, to: 1000, height: 201 }, 'log')).toBeCloseTo(0, 9);
  });

  it('is nothing for a logarithm whose offset is near the prices, and counts a larger one', () => {
    const samples = (from: number, to: number, offset: number): number[] =>
      [0, 0.5, 1].map((share) => (to + offset) ** (1 - share) * (from + offset) ** share - offset);
    const tiny = { from: 5e-6, to: 8e-4, height: 401 };
    expect(formulaDistancePx(samples(5e-6, 8e-4, 1e-4), tiny, 'log')).toBeCloseTo(0, 6);
    expect(formulaDistancePx(samples(5, 800, 5), { from: 5, to: 800, height: 401 }, 'log')).toBeGreaterThan(20);
  });

  it('tells by how many pixels the two ways disagree', () => {
    expect(formulaDistancePx([70_060, 65_060, 60_060], range, 'normal')).toBeCloseTo(3, 6);
    expect(formulaDistancePx([70_000, 65_000, 60_000], range, 'log')).toBeGreaterThan(5);
  });

  it('is endless where the range has no logarithm', () => {
    expect(formulaDistancePx([5, 3, 1], { from: 0, to: 5, height: 100 }, 'log')).toBe(Infinity);
    expect(formulaDistancePx([5, 3, 1], { from: 5, to: -1, height: 100 }, 'log')).toBe(Infinity);
  });

  it('agrees with d3-scale and with a scale through its ends, linear and log, upright and inverted', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-8, max: 1e6, noNaN: true }),
        fc.double({ min: 1.001, max: 50, noNaN: true }),
        fc.boolean(),
        fc.integer({ min: 50, max: 2000 }),
        (low, factor, isInverted, height) => {
          const [from, to] = isInverted ? [low * factor, low] : [low, low * factor];
          for (const [mode, d3] of [
            ['normal', scaleLinear()],
            ['log', scaleLog()],
          ] as const) {
            const axis = d3.domain([to, from]).range([0, height - 1]);
            const prices = [0, 0.5, 1].map((share) => axis.invert(share * (height - 1)));
            expect(formulaDistancePx(prices, { from, to, height }, mode)).toBeLessThan(1e-4);
            const scale = expectScale(priceScaleFromSamples([to, from], height, mode));
            expect(scale.priceToY(prices[1])).toBeCloseTo((height - 1) / 2, 4);
          }
        },
      ),
    );
  });
});

describe('a scale through two prices', () => {
  it('has them at its edges', () => {
    const scale = expectScale(priceScaleFromSamples([70_000, 60_000], 501, 'normal'));
    expect(scale.priceToY(70_000)).toBeCloseTo(0, 12);
    expect(scale.priceToY(60_000)).toBe(500);
    expect(scale).toMatchObject({ topPrice: 70_000, bottomPrice: 60_000, isInverted: false, height: 501 });
  });

  it('is inverted when the bottom price is above the top price', () => {
    const scale = expectScale(priceScaleFromSamples([60, 70], 101, 'normal'));
    expect(scale.isInverted).toBe(true);
    expect(scale.priceToY(60)).toBeCloseTo(0, 12);
  });

  it.each([
    ['an empty range', [5, 5], 100, 'normal'],
    ['a missing number', [5, NaN], 100, 'normal'],
    ['no height', [5, 1], 1, 'normal'],
    ['a logarithm of nothing', [5, 0], 100, 'log'],
  ] as const)('is refused with %s', (_, prices, height, mode) => {
    expect(priceScaleFromSamples(prices, height, mode)).toBeNull();
  });
});

describe('a sampled scale', () => {
  const axes: [string, ScaleMode, number, number][] = [
    ['linear BTC', 'normal', 60_000, 70_000],
    ['log over two decades', 'log', 100, 10_000],
    ['inverted', 'normal', 70_000, 60_000],
    ['inverted log', 'log', 10_000, 100],
    ['tiny', 'normal', 5e-6, 6e-6],
    ['tiny log', 'log', 1e-6, 9e-6],
    ['partly below zero', 'normal', -500, 2_000],
  ];
  it.each(axes)('follows the axis it was read from: %s', (_, mode, from, to) => {
    for (const height of [97.5, 601, 1440]) {
      const axis = expectScale(priceScaleFromSamples([to, from], height, mode));
      const yToPrice = (y: number): number => axis.yToPrice(y as MediaPx);
      const scale = expectScale(priceScaleFromSamples(sample(yToPrice, height), height, mode));
      expect(worstErrorPx(scale, yToPrice)).toBeLessThan(0.001);
      expect(scale.isInverted).toBe(axis.isInverted);
    }
  });

  it.each([
    [1e-4, 2e-6, 8e-4],
    [1e-4, 5e-5, 5e-3],
    [1e-6, 1e-7, 1e-5],
  ])('follows a logarithm whose offset %d is near the prices', (offset, from, to) => {
    // d3's symlog is ln(1 + p / c), the same line as ln(p + c).
    const d3 = scaleSymlog().constant(offset).domain([to, from]).range([0, 800]);
    const scale = expectScale(priceScaleFromSamples(sample(d3.invert, 801), 801, 'log'));
    expect(worstErrorPx(scale, d3.invert)).toBeLessThan(0.001);
  });

  it('stays within 0.08 px on an axis that is no logarithm at all', () => {
    const yToPrice = (y: number): number => 2_000 - 1.5 * y + 40 * Math.sin(y / 300);
    const scale = expectScale(priceScaleFromSamples(sample(yToPrice, 641), 641, 'normal'));
    expect(worstErrorPx(scale, yToPrice)).toBeLessThan(0.08);
  });

  it('continues beyond the pane, and puts what its logarithm cannot hold infinitely far', () => {
    const linear = expectScale(priceScaleFromSamples([200, 150, 100], 101, 'normal'));
    expect(linear.priceToY(250)).toBe(-50);
    expect(linear.yToPrice(150 as MediaPx)).toBe(50);
    const log = expectScale(priceScaleFromSamples([100, 10], 101, 'log'));
    expect(log.priceToY(1)).toBeCloseTo(200, 9);
    expect(log.priceToY(-1)).toBe(Infinity);
  });

  it.each([
    ['a plateau', [3, 2, 2, 1]],
    ['a turn', [3, 1, 2]],
    ['one price', [3]],
    ['none', []],
    ['a hole', [3, NaN, 1]],
  ])('is refused with %s', (_, prices) => {
    expect(priceScaleFromSamples(prices, 100, 'normal')).toBeNull();
  });

  it('returns from price to y and back', () => {
    const modes = fc.constantFrom<ScaleMode>('normal', 'log', 'percent', 'indexed');
    fc.assert(
      fc.property(
        modes,
        fc.double({ min: 1e-7, max: 1e5, noNaN: true }),
        fc.double({ min: 1.01, max: 100, noNaN: true }),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mode, low, factor, isInverted, share) => {
          const height = 700;
          const [from, to] = isInverted ? [low * factor, low] : [low, low * factor];
          const formula = expectScale(priceScaleFromSamples([to, from], height, mode));
          const prices = sample((y) => formula.yToPrice(y as MediaPx), height);
          const scale = expectScale(priceScaleFromSamples(prices, height, mode));
          const y = (share * (height - 1)) as MediaPx;
          expect(scale.priceToY(scale.yToPrice(y))).toBeCloseTo(y, 4);
          expect(formula.priceToY(formula.yToPrice(y))).toBeCloseTo(y, 4);
        },
      ),
    );
  });
});
