import { describe, expect, it } from 'vitest';

import { createLearning, ENOUGH_EVENTS, observeBar, type LearningState } from '@/lib/model/leverage-learning';
import { configUnderMix, mixUncertainty, nextMix } from '@/lib/model/next-mix';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';

import { CONFIG, walkBars } from './book-fixtures';

const BARS = walkBars(2_000);

/** Learned from liquidations of one size, one in every bar and side that crossed anything, up to `most`. */
function learned(most: number, qty = 0.05): LearningState {
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], 1000);
  const state = createLearning(CONFIG);
  for (const bar of BARS) {
    const { liquidatedLong, liquidatedShort } = foldBar(book, bar);
    const isOpen = state.eventCount < most;
    observeBar(state, book, {
      long: isOpen && liquidatedLong > 0 ? [qty] : [],
      short: isOpen && liquidatedShort > 0 ? [qty] : [],
    });
  }
  return state;
}
const sumOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);

describe('the next mix', () => {
  const much = learned(900);
  const little = learned(100);

  it('is none while events are too few', () => {
    expect(little.eventCount).toBeLessThan(ENOUGH_EVENTS);
    expect(nextMix(little, [], CONFIG, 1)).toBeNull();
  });

  it('is the contract’s own once they are enough, and moves away from the prior', () => {
    const mix = nextMix(much, [], CONFIG, 5);
    expect(mix).toMatchObject({ throughMs: 5, source: 'own', eventCount: much.eventCount });
    expect(mix?.leverages).toEqual(CONFIG.classes.map(({ leverage }) => leverage));
    expect(mix?.shares).not.toEqual(CONFIG.classes.map(({ share }) => share));
    expect(sumOf(mix?.shares ?? [])).toBeLessThanOrEqual(0.97 + 1e-9);
    expect(mix?.positionQty).toBeCloseTo(0.05, 12);
  });

  it('is the group’s while the own events are too few, whatever the size of positions elsewhere', () => {
    const mix = nextMix(little, [learned(900, 40)], CONFIG, 5);
    expect(mix).toMatchObject({ source: 'group', positionQty: little.squaredQty / little.qty });
    expect(mix?.eventCount).toBeGreaterThan(900);
  });

  it('gives the same for the same', () => {
    expect(nextMix(learned(900), [learned(100)], CONFIG, 5)).toEqual(nextMix(much, [little], CONFIG, 5));
  });
});

describe('a configuration under a mix', () => {
  const mix = nextMix(learned(900), [], CONFIG, 5);

  it('has its shares and is surer than the prior', () => {
    expect(configUnderMix(CONFIG, mix).classes.map(({ share }) => share)).toEqual(mix?.shares);
    const before = mixUncertainty(CONFIG, null).relativeDeviations;
    // As half an event is sure of.
    for (const deviation of before) expect(deviation).toBeCloseTo(Math.SQRT2, 12);
    const after = mixUncertainty(CONFIG, mix).relativeDeviations;
    expect(sumOf(after)).toBeLessThan(sumOf(before));
  });

  it('is the stated one without a mix, or where the brackets admit other classes', () => {
    expect(configUnderMix(CONFIG, null)).toBe(CONFIG);
    const narrow = { ...CONFIG, classes: CONFIG.classes.slice(0, 5) };
    expect(configUnderMix(narrow, mix)).toBe(narrow);
    expect(mixUncertainty(narrow, mix).relativeDeviations).toHaveLength(5);
  });
});
