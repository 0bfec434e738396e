import { expect, it } from 'vitest';

import { nearerReading } from '@/entrypoints/band.content/label-marks';
import type { ScaleMessage } from '@/lib/messaging/page';

const LABELS: ScaleMessage = {
  state: 'ready',
  source: 'labels',
  symbol: '',
  height: 400,
  mode: 0,
  prices: [69.5, 67.25],
  range: [],
  disagreementPx: 0,
  writtenPrices: [68.25],
  times: [],
  otherReading: 1000,
};

it('reads labels without a decimal as the market trades', () => {
  expect(nearerReading(LABELS, 68_300)).toMatchObject({ prices: [69_500, 67_250], writtenPrices: [68_250] });
  const english = { ...LABELS, prices: [69_500, 67_250], writtenPrices: [68_250], otherReading: 0.001 };
  expect(nearerReading(english, 68.3)).toMatchObject({ prices: [69.5, 67.25], writtenPrices: [68.25] });
});

it('leaves as they came what is plain, what fits already and what has no price beside it', () => {
  expect(nearerReading({ ...LABELS, otherReading: 1 }, 68_300)).toMatchObject({ prices: [69.5, 67.25] });
  expect(nearerReading(LABELS, 68.3)).toBe(LABELS);
  expect(nearerReading(LABELS, null)).toBe(LABELS);
  const below = { ...LABELS, prices: [-1, -2], otherReading: -1 };
  expect(nearerReading(below, 68.3)).toBe(below);
  const absent: ScaleMessage = { state: 'absent', symbol: '', detail: 'percent' };
  expect(nearerReading(absent, 68_300)).toBe(absent);
});
