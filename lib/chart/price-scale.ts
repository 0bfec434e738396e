import type { MediaPx } from '@/lib/core/units';

/** The four modes of the charting library and of lightweight-charts. */
export const SCALE_MODES = ['normal', 'log', 'percent', 'indexed'] as const;
export type ScaleMode = (typeof SCALE_MODES)[number];

/**
 * Where a price lies in a chart's main pane. y = 0 is the pane's top edge, y = height - 1 its last pixel row.
 * Strictly monotone: falling prices downwards, or rising when the axis is inverted.
 */
export interface PriceScale {
  /** CSS pixels; may be fractional. */
  readonly height: number;
  readonly isInverted: boolean;
  /** Price at y = 0. */
  readonly topPrice: number;
  /** Price at y = height - 1. */
  readonly bottomPrice: number;
  priceToY(price: number): MediaPx;
  yToPrice(y: MediaPx): number;
}
