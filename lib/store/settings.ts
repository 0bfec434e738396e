import { storage } from 'wxt/utils/storage';

import type { PaletteName } from '@/lib/core/palettes';

/** Everything a user can set about the band. */
export interface BandSettings {
  readonly isOn: boolean;
  /** CSS pixels, 40 to 240. */
  readonly width: number;
  /** 0.1 to 1. */
  readonly opacity: number;
  readonly palette: PaletteName;
  readonly theme: 'auto' | 'dark' | 'light';
  /** USD per bin where colour begins and where it is full; null follows the data's percentiles. */
  readonly thresholdUsd: number | null;
  readonly fullUsd: number | null;
}

export const DEFAULT_BAND_SETTINGS: BandSettings = {
  isOn: true,
  width: 72,
  opacity: 0.55,
  palette: 'default',
  theme: 'auto',
  thresholdUsd: null,
  fullUsd: null,
};

export const bandSettings = storage.defineItem<BandSettings>('local:band', { fallback: DEFAULT_BAND_SETTINGS });

/** The contract last shown anywhere, for a popup opened beside no chart. */
export const lastContract = storage.defineItem<string | null>('local:last-contract', { fallback: null });
