import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { missingSpans, splitSpans, subtractSpan, totalMs } from '@/lib/core/ranges';

describe('missingSpans', () => {
  it('names the holes before, between and after the known times', () => {
    expect(missingSpans([20, 30, 60], 0, 100, 10)).toEqual([
      { startMs: 0, endMs: 20 },
      { startMs: 40, endMs: 60 },
      { startMs: 70, endMs: 100 },
    ]);
  });

  it('ignores times outside of the range and is empty when nothing is missing', () => {
    expect(missingSpans([-10, 0, 10, 20], 0, 20, 10)).toEqual([]);
  });

  it('accounts for every step exactly once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (steps) => {
        const times = steps.map((step) => step * 5).sort((a, b) => a - b);
        const inside = times.filter((time) => time < 250).length;
        expect(totalMs(missingSpans(times, 0, 250, 5)) / 5 + inside).toBe(50);
      }),
    );
  });
});

describe('subtractSpan', () => {
  it('removes exactly the overlap', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), (a, b, c, d) => {
        const span = { startMs: Math.min(a, b), endMs: Math.max(a, b) + 1 };
        const cut = { startMs: Math.min(c, d), endMs: Math.max(c, d) + 1 };
        const overlap = Math.max(0, Math.min(span.endMs, cut.endMs) - Math.max(span.startMs, cut.startMs));
        expect(totalMs(subtractSpan([span], cut))).toBe(span.endMs - span.startMs - overlap);
      }),
    );
  });
});

describe('splitSpans', () => {
  it('keeps the whole and exceeds the length nowhere', () => {
    const pieces = splitSpans(
      [
        { startMs: 0, endMs: 25 },
        { startMs: 40, endMs: 45 },
      ],
      10,
    );
    expect(pieces.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 10],
      [10, 20],
      [20, 25],
      [40, 45],
    ]);
  });
});
