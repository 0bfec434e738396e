import fc from 'fast-check';
import { expect, it } from 'vitest';

import { hashNumbers } from '@/lib/core/hash';

it('tells numbers of which one bit changed, NaN and signs included', () => {
  fc.assert(
    fc.property(fc.float64Array({ minLength: 1, maxLength: 50 }), fc.nat(), fc.nat(63), (numbers, at, bit) => {
      const before = hashNumbers(numbers);
      expect(hashNumbers(numbers.slice())).toBe(before);
      new BigUint64Array(numbers.buffer, numbers.byteOffset, numbers.length)[at % numbers.length] ^= 1n << BigInt(bit);
      expect(hashNumbers(numbers)).not.toBe(before);
    }),
  );
});
