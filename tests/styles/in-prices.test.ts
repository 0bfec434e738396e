import { expect, it } from 'vitest';

import { isInPrices } from '@/entrypoints/styles/in-prices';

it.each([
  ['prices with the last one on the axis', [62_000, 58_000], [60_010.5], true],
  ['prices with the last one among others', [62_000, 58_000], [61_000, 59_900], true],
  ['prices that were scrolled away a little', [66_000, 62_000], [], true],
  ['what would be prices far from the last', [70_000, 66_000], [], false],
  ['another last price in the same view', [62_000, 58_000], [61_200], false],
])('labels that show %s', (_, view, written, isOne) => {
  expect(isInPrices(view, written, 60_000)).toBe(isOne);
});

it('tells prices from an index for a contract that costs about 100', () => {
  const view = [108, 99];
  // Started at 98: a last price of 104 reads as 106.12.
  expect(isInPrices(view, [106.12], 104)).toBe(false);
  expect(isInPrices(view, [104], 104)).toBe(true);
  // Started at 99.6: 104.42. Nothing written: nothing tells.
  expect(isInPrices(view, [104.42], 104)).toBe(false);
  expect(isInPrices(view, [], 104)).toBe(false);
});
