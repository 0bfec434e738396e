import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createBookSide, fastQty, sideQty } from '@/lib/model/book-side';
import { closePositions } from '@/lib/model/close-positions';

import { CONFIG } from './book-fixtures';

/** A side that holds only absorbing quantity of both ages, and some that is unlocated. */
function sideOf(fast: number, slow: number, unlocated = 0) {
  const side = createBookSide(CONFIG, 'long');
  side.totals[side.totals.length - 2] = fast;
  side.totals[side.totals.length - 1] = slow;
  side.unlocated = unlocated;
  return side;
}

it('the fast age loses its half-lives’ ratio times the share that the slow age loses', () => {
  const side = sideOf(100, 500, 400);
  closePositions(side, 10, 1000, CONFIG);
  const fastShare = 1 - fastQty(side) / 100;
  const slowShare = 1 - (sideQty(side) - fastQty(side)) / 900;
  expect(fastShare / slowShare).toBeCloseTo(CONFIG.slowHalfLifeMs / CONFIG.fastHalfLifeMs, 6);
  expect(sideQty(side)).toBeCloseTo(990, 9);
});

it.each([
  ['more than the fast age holds', 100, 800, 300],
  ['all there is', 100, 800, 900],
  ['all of a side without slow quantity', 100, 0, 100],
  ['all of a side without fast quantity', 0, 800, 800],
])('%s leaves exactly the rest', (_, fast, slow, qty) => {
  const side = sideOf(fast, slow);
  closePositions(side, qty, fast + slow, CONFIG);
  expect(sideQty(side)).toBeCloseTo(fast + slow - qty, 6);
  expect(fastQty(side)).toBeGreaterThanOrEqual(0);
});

it('scales stay far from zero however often positions close', () => {
  const side = sideOf(100, 900);
  let held = 1000;
  for (let i = 0; i < 2000; i++) {
    closePositions(side, held * 0.05, held, CONFIG);
    held *= 0.95;
    side.totals[side.totals.length - 2] += (1000 - held) / side.fastScale;
    held = 1000;
    expect(Math.min(side.fastScale, side.slowScale)).toBeGreaterThanOrEqual(1e-15);
  }
  expect(sideQty(side) / 1000).toBeCloseTo(1, 6);
});

it('removes what it is told, for any split', () => {
  const qty = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(qty, qty, fc.double({ min: 0, max: 1, noNaN: true }), (fast, slow, share) => {
      const side = sideOf(fast, slow);
      const held = fast + slow;
      closePositions(side, share * held, held, CONFIG);
      expect(Math.abs(sideQty(side) - (1 - share) * held) / held).toBeLessThan(1e-8);
    }),
  );
});
