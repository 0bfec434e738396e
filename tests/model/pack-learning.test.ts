import { expect, it } from 'vitest';

import { createLearning, observeBar } from '@/lib/model/leverage-learning';
import { packLearning, unpackLearning } from '@/lib/model/pack-learning';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';

import { CONFIG, walkBars } from './book-fixtures';

function observed() {
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], 1000);
  const state = createLearning(CONFIG);
  walkBars(400).forEach((bar, i) => {
    foldBar(book, bar);
    observeBar(state, book, { long: i % 3 === 0 ? [0.1, 0.7] : [], short: i % 5 === 0 ? [0.2] : [] });
  });
  return state;
}

it('comes back to the bit', () => {
  const state = observed();
  expect(state.evidence.length).toBeGreaterThan(20);
  expect(unpackLearning(packLearning(state), CONFIG.classes.length)).toEqual(state);
});

it('comes back without having observed anything', () => {
  const state = createLearning(CONFIG);
  expect(unpackLearning(packLearning(state), CONFIG.classes.length)).toEqual(state);
});

it('is of no use to another number of classes', () => {
  expect(unpackLearning(packLearning(observed()), CONFIG.classes.length - 1)).toBeNull();
});

it('keeps every sum where neighbours are added up', () => {
  const state = observed();
  const thinned = unpackLearning(packLearning(state), CONFIG.classes.length, 20);
  if (thinned === null) throw new Error('of no use');
  expect(thinned.evidence.length).toBeGreaterThan(10);
  expect(thinned.evidence.length).toBeLessThanOrEqual(20);
  expect(thinned.evidence.at(-1)?.timeMs).toBe(state.evidence.at(-1)?.timeMs);
  const total = ({ evidence }: typeof state, k: number): number =>
    evidence.reduce((sum, { qty, exposures }) => sum + (k < 0 ? qty : exposures[k]), 0);
  for (let k = -1; k < CONFIG.classes.length; k++) expect(total(thinned, k)).toBeCloseTo(total(state, k), 9);
});
