import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { barTimesFromNumbers, isAround, placeOf } from '@/lib/chart/bar-times';

const LAST_S = 1_700_000_100;

/** What a time scale with these bars says of itself; `shiftPx` is by how much its bars stand beside where its numbers put them. */
function numbersOf(width: number, spacing: number, rightOffset: number, barS: number, bars = 2_000, shiftPx = 0) {
  const lastX = width - 1 - (rightOffset + 0.5) * spacing + shiftPx;
  const times = Array.from({ length: 33 }, (_, i) => {
    const bar = Math.round((lastX - placeOf(i + 3, width)) / spacing);
    return bar < 0 || bar >= bars ? 0 : LAST_S - bar * barS;
  });
  return [width, spacing, rightOffset, ...times];
}

describe('where bars stand', () => {
  it('is told by width, spacing and right offset, and proven by the times of bars', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 600, max: 3_000 }),
        fc.double({ min: 2, max: 30, noNaN: true }),
        fc.double({ min: -20, max: 10, noNaN: true }),
        fc.constantFrom(60, 300, 900, 3_600, 86_400),
        (width, spacing, rightOffset, barS) => {
          const times = barTimesFromNumbers(numbersOf(width, spacing, rightOffset, barS));
          const lastX = width - 1 - (rightOffset + 0.5) * spacing;
          expect(times).toEqual({
            lastX,
            spacing,
            lastTimeMs: expect.closeTo(LAST_S * 1000, 3),
            barMs: expect.closeTo(barS * 1000, 3),
          });
        },
      ),
    );
  });

  it('is told in every position of a chart whose width is a multiple of its spacing', () => {
    for (let shift = 0; shift < 1; shift += 0.02)
      expect(barTimesFromNumbers(numbersOf(1_025, 8, 5 + shift, 900))).not.toBeNull();
  });

  it('is unknown where bars stand beside the formula', () => {
    expect(barTimesFromNumbers(numbersOf(1_000, 8, 5, 900, 2_000, 3))).toBeNull();
    expect(barTimesFromNumbers(numbersOf(1_000, 8.3, 5, 900, 2_000, -2.5))).toBeNull();
  });

  it('is unknown where time does not run evenly, as over a night without trading', () => {
    const numbers = numbersOf(1_000, 8, 5, 900);
    const isOld = (i: number) => i >= 3 && placeOf(i, 1_000) < 400;
    const gapped = numbers.map((value, i) => (isOld(i) && value > 0 ? value - 54_000 : value));
    expect(barTimesFromNumbers(gapped)).toBeNull();
  });

  it('is unknown with hardly a bar in view, without numbers, and for bars of no length', () => {
    expect(barTimesFromNumbers(numbersOf(1_000, 8, 120, 900))).toBeNull();
    expect(barTimesFromNumbers([])).toBeNull();
    expect(barTimesFromNumbers([1_000, 0, 0, ...Array.from({ length: 33 }, () => LAST_S)])).toBeNull();
    expect(barTimesFromNumbers(numbersOf(1_000, 8, 5, 0))).toBeNull();
  });
});

it('bars are those of now while the newest holds the present', () => {
  const times = { lastX: 0, lastTimeMs: 9_000_000, spacing: 8, barMs: 900_000 };
  expect(isAround(times, 9_000_000 + 800_000)).toBe(true);
  expect(isAround(times, 9_000_000 + 3_600_000)).toBe(false);
  expect(isAround(times, 9_000_000 - 3_600_000)).toBe(false);
});
