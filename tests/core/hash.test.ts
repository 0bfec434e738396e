import fc from 'fast-check';
import { expect, it } from 'vitest';

import { hashNumbers, hashStored } from '@/lib/core/hash';

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

it('tells anything that can be stored from what it was before one number, text or field of it changed', () => {
  const stored = () => ({ key: 'v1', long: [Float64Array.of(1, NaN), Float32Array.of(0.5)], atMs: 7, none: null });
  const before = hashStored(stored());
  expect(hashStored(structuredClone(stored()))).toBe(before);
  const changed = [
    { ...stored(), key: 'v2' },
    { ...stored(), atMs: 8 },
    { ...stored(), none: undefined },
    { ...stored(), long: [Float64Array.of(1, 0), Float32Array.of(0.5)] },
    { ...stored(), long: [Float64Array.of(1, NaN), Float32Array.of(0.25)] },
    { ...stored(), long: [] },
  ];
  for (const each of changed) expect(hashStored(each)).not.toBe(before);
});
