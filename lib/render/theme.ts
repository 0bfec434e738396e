import type { Rgb } from './oklab';

export type Theme = 'dark' | 'light';

/** Colours of everything on the band that is not heat, as CSS colours. */
export interface BandColours {
  /** The chart's ground where nothing better is known. */
  readonly ground: string;
  readonly fg1: string;
  /** Text on a plate of `fg1`. */
  readonly onFg1: string;
  readonly fg2: string;
  readonly long: string;
  readonly short: string;
  readonly warn: string;
  readonly bad: string;
  /** Rail of a band that shows no sides. */
  readonly neutral: string;
  readonly track: string;
  readonly wash: string;
  readonly chip: string;
  readonly chipLine: string;
  readonly card: string;
  readonly tab: string;
  readonly tabLine: string;
  readonly crosshair: string;
  readonly shadow: string;
}

export const BAND_COLOURS: Readonly<Record<Theme, BandColours>> = {
  dark: {
    ground: '#0F0F0F',
    fg1: '#ECEEF2',
    onFg1: '#0F0F0F',
    fg2: '#B0B6C1',
    long: '#95A3FC',
    short: '#F7B83D',
    warn: '#E2C044',
    bad: '#FF7A85',
    neutral: '#6B7280',
    track: '#3A3E48',
    wash: 'rgba(255,255,255,.03)',
    chip: 'rgba(16,17,21,.9)',
    chipLine: 'rgba(255,255,255,.16)',
    card: 'rgba(24,26,31,.97)',
    tab: '#1B1D22',
    tabLine: '#3A3E48',
    crosshair: '#8A8D96',
    shadow: 'rgba(0,0,0,.5)',
  },
  light: {
    ground: '#FFFFFF',
    fg1: '#14161A',
    onFg1: '#FFFFFF',
    fg2: '#454B56',
    long: '#463AC8',
    short: '#824704',
    warn: '#7A5B00',
    bad: '#BC2336',
    neutral: '#7C838F',
    track: '#E4E7EB',
    wash: 'rgba(15,20,30,.03)',
    chip: 'rgba(255,255,255,.92)',
    chipLine: 'rgba(15,20,30,.18)',
    card: 'rgba(255,255,255,.98)',
    tab: '#FFFFFF',
    tabLine: '#7C838F',
    crosshair: '#7B808A',
    shadow: 'rgba(20,25,40,.16)',
  },
};

/** The chart's ground decides, not the browser: light where black text would read better on it than white. */
export const themeOfGround = ([red, green, blue]: Rgb): Theme =>
  0.299 * red + 0.587 * green + 0.114 * blue > 140 ? 'light' : 'dark';
