/** Colours of one theme from faint to dense, as `#RRGGBB`; equally spaced, interpolated in OKLab. */
export interface SideStops {
  readonly long: readonly string[];
  readonly short: readonly string[];
}

/** One heat palette. To add one, add it to `PALETTES` below and its names to the texts: settings, band and legend follow. */
export interface Palette {
  /** For dark charts, denser is brighter. */
  readonly dark: SideStops;
  /** For light charts, denser is darker. */
  readonly light: SideStops;
}

const bothSides = (...stops: readonly string[]): SideStops => ({ long: stops, short: stops });

export const PALETTES = {
  default: {
    dark: bothSides('#17123E', '#352777', '#633CA7', '#A056B7', '#D87CA9', '#F7B983', '#FDF0AE'),
    light: bothSides('#FAF4DD', '#F6CBA5', '#E793B8', '#C067AF', '#8845AC', '#4B2C8C', '#1F1952'),
  },
  'colour-blind': {
    dark: bothSides('#0C1A34', '#273857', '#4D586C', '#7C7B73', '#A7A074', '#D7C56E', '#FEEF6E'),
    light: bothSides('#F9F6CF', '#E2D284', '#BCAF6F', '#8E8A75', '#5D6678', '#334565', '#132341'),
  },
  sides: {
    dark: {
      long: ['#1F1D49', '#413D8E', '#6565CF', '#949BF5', '#D2D8FC'],
      short: ['#341E06', '#69400B', '#9F6713', '#D8961B', '#F9D783'],
    },
    light: {
      long: ['#E5E5FE', '#B2B3F6', '#7E80EE', '#4F48D6', '#2C1E8C'],
      short: ['#FCE9C2', '#F0B550', '#CB8315', '#97570D', '#5C300B'],
    },
  },
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof PALETTES;
export const PALETTE_NAMES = Object.keys(PALETTES) as readonly PaletteName[];
