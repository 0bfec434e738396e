import { describe, expect, it } from 'vitest';

import { PALETTE_NAMES, PALETTES } from '@/lib/core/palettes';
import { HEAT_STEPS } from '@/lib/render/heat-scale';
import { conesToRgb, contrastRatio, hexToRgb, rgbToCones, type Rgb } from '@/lib/render/oklab';
import { greyTables, heatAlpha, heatTables, rampFromStops } from '@/lib/render/palette';
import { BAND_COLOURS, themeOfGround, type Theme } from '@/lib/render/theme';

const THEMES: readonly Theme[] = ['dark', 'light'];
const RAMPS = PALETTE_NAMES.flatMap((name) =>
  THEMES.flatMap((theme) => (['long', 'short'] as const).map((side) => [name, theme, side] as const)),
);
const GROUNDS: Readonly<Record<Theme, readonly string[]>> = {
  dark: ['#0F0F0F', '#131722', '#0C0D10'],
  light: ['#FFFFFF'],
};

/** How people without one kind of cone see it: Machado, Oliveira and Fernandes (2009), severity 1, linear RGB. */
const VISIONS: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const toLinear = (v: number) => (v <= 10.31475 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const toGamma = (v: number) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const seenBy = (rgb: Rgb, vision: string): Rgb => {
  const linear = rgb.map(toLinear);
  const seen = VISIONS[vision].map((row) => row.reduce((sum, factor, i) => sum + factor * linear[i], 0));
  return seen.map((v) => toGamma(Math.min(1, Math.max(0, v)))) as unknown as Rgb;
};

const colourAt = (ramp: Uint8Array, step: number): Rgb => [ramp[3 * step], ramp[3 * step + 1], ramp[3 * step + 2]];
/** What makes OKLab of the cones' responses. */
const OKLAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const oklabOf = (rgb: Rgb): number[] => {
  const cones = rgbToCones(rgb);
  return OKLAB.map((row) => row.reduce((sum, factor, i) => sum + factor * cones[i], 0));
};
const lightness = (rgb: Rgb) => oklabOf(rgb)[0];
const isMonotone = (values: readonly number[], theme: Theme, slack: number) =>
  values.every(
    (value, i) => i === 0 || (theme === 'dark' ? value >= values[i - 1] - slack : value <= values[i - 1] + slack),
  );

describe('OKLab', () => {
  // CSS Color Module Level 4, sample conversions.
  it.each([
    ['#FFFFFF', [1, 0, 0]],
    ['#FF0000', [0.62796, 0.22486, 0.12585]],
    ['#00FF00', [0.86644, -0.23389, 0.1795]],
    ['#0000FF', [0.45201, -0.03246, -0.31153]],
  ] as const)('%s has its published coordinates', (hex, expected) => {
    oklabOf(hexToRgb(hex)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });

  it('converts back to the same bytes', () => {
    for (const hex of Object.values(BAND_COLOURS.dark).filter((colour) => colour.startsWith('#'))) {
      expect(conesToRgb(rgbToCones(hexToRgb(hex)))).toEqual(hexToRgb(hex));
    }
  });
});

describe.each(RAMPS)('%s, %s, %s', (name, theme, side) => {
  const stops = PALETTES[name][theme][side];
  const ramp = rampFromStops(stops);
  const steps = Array.from({ length: HEAT_STEPS }, (_, step) => colourAt(ramp, step));

  it('begins and ends at its outer stops', () => {
    expect(steps[0]).toEqual(hexToRgb(stops[0]));
    expect(steps[HEAT_STEPS - 1]).toEqual(hexToRgb(stops[stops.length - 1]));
  });

  it('grows denser in lightness from step to step', () => {
    expect(isMonotone(steps.map(lightness), theme, 0.003)).toBe(true);
  });

  it.each(Object.keys(VISIONS))('grows denser for %s vision from stop to stop', (vision) => {
    const seen = stops.map((stop) => lightness(seenBy(hexToRgb(stop), vision)));
    expect(isMonotone(seen, theme, 0)).toBe(true);
  });

  it.each([0.2, 0.55, 1])('stays so when blended on every ground at opacity %d', (opacity) => {
    for (const ground of GROUNDS[theme].map(hexToRgb)) {
      const blended = steps.map((colour, step) => {
        const alpha = heatAlpha(step / (HEAT_STEPS - 1), opacity);
        return lightness(colour.map((v, i) => alpha * v + (1 - alpha) * ground[i]) as unknown as Rgb);
      });
      expect(isMonotone(blended, theme, 0.004)).toBe(true);
    }
  });
});

describe('alpha', () => {
  it('lets faint heat through, makes the densest glow, and is opaque where the user wants it', () => {
    expect(heatAlpha(0, 0.55)).toBeCloseTo(0.165, 6);
    expect(heatAlpha(1, 0.55)).toBeCloseTo(0.91, 6);
    expect(heatAlpha(1, 1)).toBe(1);
  });

  it('is baked into the pixels of the tables', () => {
    const { long } = heatTables('default', 'dark', 0.55);
    // Nightfall's last stop #FDF0AE at 0.91, read as little-endian ABGR.
    expect(long[HEAT_STEPS - 1].toString(16)).toBe('e8aef0fd');
    expect(heatTables('default', 'dark', null).long[0].toString(16)).toBe('ff3e1217');
  });

  it('gives both sides their own ramp where the palette has two', () => {
    const { long, short } = heatTables('sides', 'light', 0.55);
    expect(long).not.toEqual(short);
    expect(heatTables('default', 'light', 0.55).long).toEqual(heatTables('default', 'light', 0.55).short);
  });

  it('has greys without a hue for late data', () => {
    for (const theme of THEMES) {
      const pixel = greyTables(theme).long[128];
      expect(Math.abs((pixel & 255) - ((pixel >> 8) & 255))).toBeLessThanOrEqual(1);
    }
  });
});

describe('contrast', () => {
  // The figures of the design system for text on a chart.
  it.each([
    ['dark', 'long', '#0F0F0F', 8.1],
    ['dark', 'long', '#131722', 7.6],
    ['dark', 'short', '#0F0F0F', 10.8],
    ['dark', 'short', '#131722', 10.1],
    ['light', 'long', '#FFFFFF', 7.8],
    ['light', 'short', '#FFFFFF', 7.4],
  ] as const)('%s %s on %s is %d', (theme, side, ground, ratio) => {
    const measured = contrastRatio(hexToRgb(BAND_COLOURS[theme][side]), hexToRgb(ground));
    expect(Math.abs(measured - ratio)).toBeLessThanOrEqual(0.06);
  });

  it.each(THEMES)('every text of the %s band reads on its ground', (theme) => {
    const { ground, fg1, fg2, long, short, warn, bad } = BAND_COLOURS[theme];
    for (const text of [fg1, fg2, long, short, warn, bad]) {
      expect(contrastRatio(hexToRgb(text), hexToRgb(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it.each([
  ['#0F0F0F', 'dark'],
  ['#131722', 'dark'],
  ['#2B3139', 'dark'],
  ['#FFFFFF', 'light'],
  ['#F5F5DC', 'light'],
] as const)('a chart on %s is %s', (ground, theme) => expect(themeOfGround(hexToRgb(ground))).toBe(theme));
