import fc from 'fast-check';
import { expect, it } from 'vitest';

import { groupBy } from '@/tests/group-by';

it('groups as Map.groupBy does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 5 }), (numbers, divisor) => {
      const keyOf = (n: number) => n % divisor;
      const expected = new Map<number, number[]>();
      for (const n of numbers) expected.set(keyOf(n), [...(expected.get(keyOf(n)) ?? []), n]);
      expect([...groupBy(numbers, keyOf)]).toEqual([...expected]);
    }),
  );
});
