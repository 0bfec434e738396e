import { describe, expect, it } from 'vitest';

import { createBandCells, fillBandCells } from '@/lib/render/band-cells';
import { createCumulativeLine, fillCumulativeLine } from '@/lib/render/cumulative-line';
import { sumsFromProfile, usdToPrice } from '@/lib/render/profile-sums';

import { randomProfile, scaleOf } from './profiles';

const SUMS = sumsFromProfile(randomProfile(5));

function lineOf(positionSide: 'long' | 'short', from: number, to: number) {
  const scale = scaleOf(from, to, 601);
  const cells = createBandCells();
  const line = createCumulativeLine();
  fillBandCells(SUMS, scale, 601, 1, 2, cells);
  fillCumulativeLine(SUMS, cells, scale, 1, positionSide, line);
  const points = Array.from({ length: line.count }, (_, i) => ({ y: line.y[i], usd: line.usd[i] }));
  return { scale, points };
}

describe.each([
  ['long', 57_000, 63_000, 600],
  ['short', 57_000, 63_000, 0],
  ['long', 63_000, 57_000, 0],
  ['short', 63_000, 57_000, 600],
] as const)('the line of %s with %d at the foot and %d at the head', (positionSide, from, to, lastY) => {
  const { scale, points } = lineOf(positionSide, from, to);

  it('starts with nothing at the market', () => {
    expect(points[0]).toEqual({ y: scale.priceToY(60_000), usd: 0 });
  });

  it('runs outwards and never falls', () => {
    const direction = Math.sign(lastY - points[0].y);
    for (let i = 1; i < points.length; i++) {
      expect((points[i].y - points[i - 1].y) * direction).toBeGreaterThan(0);
      expect(points[i].usd).toBeGreaterThanOrEqual(points[i - 1].usd);
    }
  });

  it('ends at the edge of the pane with the sum to there', () => {
    const last = points[points.length - 1];
    expect(Math.abs(last.y - lastY)).toBeLessThanOrEqual(1);
    const price = scale.yToPrice(scale.priceToY(lastY === 0 ? scale.topPrice : scale.bottomPrice));
    // The last cell may reach a bin beyond the edge.
    expect(Math.abs(last.usd - usdToPrice(SUMS, price))).toBeLessThanOrEqual(3 * 2e6);
  });
});

it('starts with what the view has left behind when the market is out of view', () => {
  const { points, scale } = lineOf('long', 50_000, 55_000);
  expect(Math.abs(points[0].usd - usdToPrice(SUMS, scale.topPrice))).toBeLessThanOrEqual(3 * 2e6);
});

it('is empty for the other side then', () => {
  expect(lineOf('short', 50_000, 55_000).points).toEqual([]);
});
