import type { PositionSide } from '@/lib/market/liquidation';
import { groupColours } from '@/lib/render/bar-pixels';
import { heatTables } from '@/lib/render/palette';
import type { Theme } from '@/lib/render/theme';

/** Colours of the map that no stylesheet reaches, of the design's tokens. */
export interface MapColours {
  readonly ground: string;
  readonly panel: string;
  readonly line: string;
  readonly grid: string;
  readonly fg1: string;
  readonly fg2: string;
  readonly fg3: string;
  readonly long: string;
  readonly short: string;
  readonly longFill: string;
  readonly shortFill: string;
  /** By group of leverage, lowest first. */
  readonly leverage: Readonly<Record<PositionSide, readonly string[]>>;
  readonly up: string;
  readonly down: string;
  readonly chip: string;
  readonly flag: string;
  readonly flagText: string;
  readonly crosshair: string;
}

const TOKENS: Readonly<Record<Theme, Omit<MapColours, 'leverage'>>> = {
  dark: {
    ground: '#0C0D10',
    panel: '#131418',
    line: '#272A31',
    grid: 'rgba(255,255,255,.04)',
    fg1: '#ECEEF2',
    fg2: '#B0B6C1',
    fg3: '#8A919D',
    long: '#95A3FC',
    short: '#F7B83D',
    longFill: '#7E7EE4',
    shortFill: '#EBAA1F',
    up: '#089981',
    down: '#F23645',
    chip: 'rgba(16,17,21,.9)',
    flag: '#3A3D45',
    flagText: '#FFFFFF',
    crosshair: 'rgba(201,204,212,.7)',
  },
  light: {
    ground: '#FFFFFF',
    panel: '#FFFFFF',
    line: '#DDE0E5',
    grid: 'rgba(15,20,30,.05)',
    fg1: '#14161A',
    fg2: '#454B56',
    fg3: '#5E6571',
    long: '#463AC8',
    short: '#824704',
    longFill: '#5F5BE0',
    shortFill: '#A66704',
    up: '#089981',
    down: '#F23645',
    chip: 'rgba(255,255,255,.92)',
    flag: '#14161A',
    flagText: '#FFFFFF',
    crosshair: 'rgba(69,75,86,.7)',
  },
};

const made = new Map<Theme, MapColours>();

/** Those of a theme; of leverage as the band's bars have them, whose palette everybody can tell apart. */
export function mapColours(theme: Theme): MapColours {
  const known = made.get(theme);
  if (known !== undefined) return known;
  const { long, short } = groupColours(heatTables('sides', theme, null), theme);
  const colours = { ...TOKENS[theme], leverage: { long: [...long].map(css), short: [...short].map(css) } };
  made.set(theme, colours);
  return colours;
}

/** Of a pixel: A B G R. */
const css = (pixel: number): string => `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
