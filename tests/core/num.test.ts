import { expect, it } from 'vitest';

import { changeSince } from '@/lib/core/num';

it('tells by which share a figure changed, and nothing where there was as good as none', () => {
  expect(changeSince(100, 110)).toBeCloseTo(0.1, 12);
  expect(changeSince(4, 0)).toBe(-1);
  for (const before of [0, -1, NaN, 5e-324]) expect(changeSince(before, 2)).toBeNaN();
});
