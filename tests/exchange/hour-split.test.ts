import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRandom } from '@/tests/market/synthetic-random';

import { apportion } from './apportion';
import { splitBar } from './hour-split';

const STEPS = { tickSize: 0.1, qtyStep: 0.001 };

const hour = fc
  .record({
    ticks: fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 4, maxLength: 4 }),
    units: fc.integer({ min: 0, max: 50_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    openInterest: fc.integer({ min: 1, max: 100_000_000 }),
    before: fc.integer({ min: 1, max: 100_000_000 }),
    seed: fc.nat(),
  })
  .map(({ ticks, units, share, openInterest, before, seed }) => {
    const [open, close] = ticks;
    return {
      bar: {
        open: open / 10,
        high: Math.max(...ticks) / 10,
        low: Math.min(...ticks) / 10,
        close: close / 10,
        volume: units / 1000,
        takerBuyVolume: Math.floor(units * share) / 1000,
        openInterest: openInterest / 1000,
      },
      before: before / 1000,
      seed,
    };
  });

it('splits an hour into twelve bars that add up to it exactly', () => {
  fc.assert(
    fc.property(hour, ({ bar, before, seed }) => {
      const parts = splitBar(bar, before, 12, STEPS, createRandom(seed));
      const units = (pick: (part: (typeof parts)[number]) => number): number =>
        parts.reduce((sum, part) => sum + Math.round(pick(part) * 1000), 0);
      expect(parts).toHaveLength(12);
      expect(parts[0].open).toBe(bar.open);
      expect(parts[11].close).toBe(bar.close);
      expect(Math.max(...parts.map((part) => part.high))).toBe(bar.high);
      expect(Math.min(...parts.map((part) => part.low))).toBe(bar.low);
      expect(units((part) => part.volume)).toBe(Math.round(bar.volume * 1000));
      expect(units((part) => part.takerBuyVolume)).toBe(Math.round(bar.takerBuyVolume * 1000));
      expect(parts[11].openInterest).toBe(bar.openInterest);
      for (const [index, part] of parts.entries()) {
        expect(part.takerBuyVolume).toBeGreaterThanOrEqual(0);
        expect(part.takerBuyVolume).toBeLessThanOrEqual(part.volume);
        expect(part.high).toBeGreaterThanOrEqual(Math.max(part.open, part.close));
        expect(part.low).toBeLessThanOrEqual(Math.min(part.open, part.close));
        if (index > 0) expect(part.open).toBe(parts[index - 1].close);
      }
    }),
  );
});

it('apportions whole numbers without losing one, and never beyond whole weights', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (weights, share) => {
        const sum = weights.reduce((all, weight) => all + weight, 0);
        const total = Math.floor(sum * share);
        const parts = apportion(total, weights);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        for (const [index, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(weights[index]);
        }
      },
    ),
  );
});
