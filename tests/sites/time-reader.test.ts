import { describe, expect, it } from 'vitest';

import { barTimesFromNumbers, placeOf } from '@/lib/chart/bar-times';
import { readTimes } from '@/lib/sites/time-reader';

const LAST_S = 1_700_000_100;
const [WIDTH, SPACING, OFFSET] = [1_200, 8, 24];

/** As the charting library's `getTimeScale()`: times of bars alone, positions from the pane's left edge. */
const timeScale = {
  width: () => WIDTH,
  barSpacing: () => SPACING,
  rightOffset: () => OFFSET,
  coordinateToTime(x: number) {
    const bar = Math.round((WIDTH - 1 - (OFFSET + 0.5) * SPACING - x) / SPACING);
    return bar < 0 ? null : LAST_S - bar * 900;
  },
};

describe('what a time scale says of its bars', () => {
  it('is read as numbers from which the bars can be placed', () => {
    const numbers = readTimes({ getTimeScale: () => timeScale }, false);
    expect(numbers.slice(0, 3)).toEqual([WIDTH, SPACING, OFFSET]);
    expect(numbers[3]).toBe(timeScale.coordinateToTime(placeOf(3, WIDTH)) ?? 0);
    expect(barTimesFromNumbers(numbers)).toMatchObject({
      spacing: SPACING,
      barMs: 900_000,
      lastTimeMs: LAST_S * 1_000,
    });
  });

  it('tells the same of a chart that moves, by a third of the places', () => {
    let asked = 0;
    const counted = { ...timeScale, coordinateToTime: (x: number) => (asked++, timeScale.coordinateToTime(x)) };
    const moving = readTimes({ getTimeScale: () => counted }, true);
    expect(asked).toBe(11);
    expect(barTimesFromNumbers(moving)).toEqual(
      barTimesFromNumbers(readTimes({ getTimeScale: () => timeScale }, false)),
    );
    // Narrow bars hide many places between two.
    readTimes({ getTimeScale: () => ({ ...counted, barSpacing: () => 2 }) }, true);
    expect(asked).toBe(44);
  });

  it.each([
    ['has no time scale', {}],
    [
      'throws',
      {
        getTimeScale: () => {
          throw new Error('no model');
        },
      },
    ],
    ['lacks the methods of today', { getTimeScale: () => ({ width: () => WIDTH }) }],
    [
      'answers with what is no number',
      { getTimeScale: () => ({ ...timeScale, barSpacing: () => ({}), coordinateToTime: () => 'soon' }) },
    ],
    [
      'has methods that throw',
      {
        getTimeScale: () => ({
          ...timeScale,
          coordinateToTime: () => {
            throw new Error('no bars');
          },
        }),
      },
    ],
    ['is none', null],
  ])('places no bars where a chart %s', (_, chart) => {
    const numbers = readTimes(chart, false);
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(barTimesFromNumbers(numbers)).toBeNull();
  });
});
