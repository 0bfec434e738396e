import { expect, it } from 'vitest';

import { changeSince, digitsOfTick } from '@/lib/core/num';

it('tells by which share a figure changed, and nothing where there was as good as none', () => {
  expect(changeSince(100, 110)).toBeCloseTo(0.1, 12);
  expect(changeSince(4, 0)).toBe(-1);
  for (const before of [0, -1, NaN, 5e-324]) expect(changeSince(before, 2)).toBeNaN();
});

it.each([
  [0.1, 1],
  [0.00001, 5],
  [0.0000001, 7],
  [0.05, 2],
  [0.25, 2],
  [0.025, 3],
  [1, 0],
  [10, 0],
  [0, 2],
  [NaN, 2],
])('a tick of %d has %d digits', (tickSize, digits) => expect(digitsOfTick(tickSize)).toBe(digits));
