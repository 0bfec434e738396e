import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeOwnLevels, type OwnLevel } from '@/lib/render/place-own-levels';
import type { Zone } from '@/lib/render/zones';

import { scaleOf } from './profiles';

const SCALE = scaleOf(57_000, 63_000, 601);
const MARKET = 60_000;
const NONE: readonly Zone[] = [];

describe('own levels', () => {
  const own = (price: number): OwnLevel => ({ price, positionSide: price < MARKET ? 'long' : 'short' });
  const placed = (levels: readonly OwnLevel[], reserved = NONE) => placeOwnLevels(levels, SCALE, MARKET, reserved);

  it('stand at their price with their distance from the market', () => {
    const [{ y, distance, hasTag }] = placed([own(58_500)]);
    expect([y, distance]).toEqual([expect.closeTo(450, 9), expect.closeTo(-0.025, 9)]);
    expect(hasTag).toBe(true);
  });

  it('are left out where the pane does not reach', () => {
    expect(placed([own(56_900), own(63_001)])).toEqual([]);
  });

  it('keep their line but lose their tag to a nearer one that it would touch', () => {
    const tags = placed([own(58_400), own(58_500), own(58_000)]).map(({ level, hasTag }) => [level.price, hasTag]);
    expect(tags).toEqual([
      [58_500, true],
      [58_400, false],
      [58_000, true],
    ]);
  });

  it('lose their tag where head or foot stand', () => {
    expect(placed([own(62_900)], [[-Infinity, 24]])).toMatchObject([{ hasTag: false }]);
  });

  it('never have tags that touch', () => {
    const price = fc.double({ min: 55_000, max: 65_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(price, { maxLength: 30 }), (prices) => {
        const ys = placed(prices.map(own))
          .filter(({ hasTag }) => hasTag)
          .map(({ y }) => y)
          .sort((a, b) => a - b);
        for (let i = 1; i < ys.length; i++) expect(ys[i] - ys[i - 1]).toBeGreaterThanOrEqual(22);
      }),
    );
  });
});
