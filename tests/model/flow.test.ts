import fc from 'fast-check';
import { expect, it } from 'vitest';

import { barFlow } from '@/lib/model/flow';

it('a rise of open interest opens both sides by it, and churn replaces a part of the rest', () => {
  const flow = barFlow(100, 20, 50, 0.2, 0.5);
  expect(flow).toEqual({ openedLong: 28, closedLong: 8, openedShort: 28, closedShort: 8, isChangeAboveVolume: false });
});

it('takers that buy open longs and close shorts', () => {
  const flow = barFlow(100, 0, 100, 0.2, 0.5);
  expect(flow.openedLong).toBeCloseTo(15, 12);
  expect(flow.openedShort).toBeCloseTo(5, 12);
});

it('an unknown taker split counts as balanced', () => {
  expect(barFlow(100, 20, NaN, 0.2, 0.5)).toEqual(barFlow(100, 20, 50, 0.2, 0.5));
});

it('a change beyond the volume is taken whole and reported', () => {
  const flow = barFlow(10, -30, NaN, 0.2, 0.5);
  expect(flow).toEqual({ openedLong: 0, closedLong: 30, openedShort: 0, closedShort: 30, isChangeAboveVolume: true });
});

it('a bar without trades or change moves nothing', () => {
  expect(barFlow(NaN, 0, NaN, 0.2, 0.5)).toEqual({
    openedLong: 0,
    closedLong: 0,
    openedShort: 0,
    closedShort: 0,
    isChangeAboveVolume: false,
  });
});

it('opens less closes is the change on both sides, and neither is negative', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const qty = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      qty,
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      share,
      share,
      share,
      (volume, change, buy, churn, tilt) => {
        const flow = barFlow(volume, change, volume * buy, churn, tilt);
        const tolerance = 1e-9 * (volume + Math.abs(change) + 1);
        expect(Math.abs(flow.openedLong - flow.closedLong - change)).toBeLessThan(tolerance);
        expect(Math.abs(flow.openedShort - flow.closedShort - change)).toBeLessThan(tolerance);
        expect(Math.min(flow.openedLong, flow.closedLong, flow.openedShort, flow.closedShort)).toBeGreaterThan(
          -tolerance,
        );
      },
    ),
  );
});
