import { findBandStyles, type BarsLook } from '@/lib/render/band-styles';
import { createLegendImage } from '@/lib/render/canvas';
import type { Rgb } from '@/lib/render/oklab';
import { greyTables, heatTables, type HeatTables } from '@/lib/render/palette';
import { BAND_COLOURS, themeOfGround, type BandColours } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

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
export function createLooks(document: Document, settings: BandSettings, ground: Rgb | null): Looks {
  const detected = ground === null ? 'dark' : themeOfGround(ground);
  const theme = settings.theme === 'auto' ? detected : settings.theme;
  const isOnGround = ground !== null && theme === detected;
  return {
    // A new object for every look: what was painted in the one before is known by it.
    colours: { ...BAND_COLOURS[theme], ...(isOnGround ? { ground: `rgb(${ground.join()})` } : {}) },
    tables: heatTables(settings.palette, theme, settings.opacity),
    greys: greyTables(theme),
    legendImage: createLegendImage(document, heatTables(settings.palette, theme, null)),
    bars:
      settings.style === 'bars'
        ? (findBandStyles()?.createBarsLook(document, theme, heatTables('sides', theme, null)) ?? null)
        : null,
  };
}
