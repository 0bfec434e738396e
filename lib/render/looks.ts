import type { PaletteName } from '@/lib/core/palettes';

import { findBandStyles, type BarsLook } from './band-styles';
import { createLegendImage } from './canvas';
import type { Rgb } from './oklab';
import { greyTables, heatTables, type HeatTables } from './palette';
import { BAND_COLOURS, themeOfGround, type BandColours, type Theme } from './theme';

/** What the user chose of a band's colours. */
export interface LookChoices {
  readonly theme: Theme | 'auto';
  readonly palette: PaletteName;
  readonly opacity: number;
  readonly style: string;
}

/** Every colour of a band, made once per settings and chart ground. */
export interface Looks {
  readonly colours: BandColours;
  readonly tables: HeatTables;
  readonly greys: HeatTables;
  readonly legendImage: CanvasImageSource;
  /** Null unless the user wants bars. */
  readonly bars: BarsLook | null;
}

/** The chart's ground decides the theme unless the user has; without a ground, dark. */
export function createLooks(settings: LookChoices, ground: Rgb | null): Looks {
  const detected = ground === null ? 'dark' : themeOfGround(ground);
  const theme = settings.theme === 'auto' ? detected : settings.theme;
  const isOnGround = ground !== null && theme === detected;
  return {
    // A new object for every look: what was painted in the one before is known by it.
    colours: { ...BAND_COLOURS[theme], ...(isOnGround ? { ground: `rgb(${ground.join()})` } : {}) },
    tables: heatTables(settings.palette, theme, settings.opacity),
    greys: greyTables(theme),
    legendImage: createLegendImage(heatTables(settings.palette, theme, null)),
    bars:
      settings.style === 'bars'
        ? (findBandStyles()?.createBarsLook(theme, heatTables('sides', theme, null)) ?? null)
        : null,
  };
}
