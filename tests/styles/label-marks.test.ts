import { expect, it } from 'vitest';

import { nearerReading } from '@/entrypoints/styles/label-marks';

const LABELS = {
  height: 400,
  mode: 0,
  prices: [69.5, 67.25],
  written: [68.25, 100],
  otherReading: 1000,
  disagreementPx: 0,
};

it('reads labels without a decimal as the market trades', () => {
  expect(nearerReading(LABELS, 68_300)).toMatchObject({ prices: [69_500, 67_250], written: [68_250, 100] });
  const english = { ...LABELS, prices: [69_500, 67_250], written: [68_250, 100], otherReading: 0.001 };
  expect(nearerReading(english, 68.3)).toMatchObject({ prices: [69.5, 67.25], written: [68.25, 100] });
});

it('leaves as they came what is plain, what fits already and what no price can tell', () => {
  expect(nearerReading({ ...LABELS, otherReading: 1 }, 68_300)).toMatchObject({ prices: [69.5, 67.25] });
  expect(nearerReading(LABELS, 68.3)).toBe(LABELS);
  const below = { ...LABELS, prices: [-1, -2], otherReading: -1 };
  expect(nearerReading(below, 68.3)).toBe(below);
});
