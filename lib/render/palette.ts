import { PALETTES, type PaletteName } from '@/lib/core/palettes';

import { HEAT_STEPS } from './heat-scale';
import { conesToRgb, hexToRgb, rgbToCones, type Cones } from './oklab';
import type { Theme } from './theme';

/** One colour per step of heat, as pixels of an ImageData read through a Uint32Array (little-endian: A B G R). */
export type HeatTable = Uint32Array;

export interface HeatTables {
  readonly long: HeatTable;
  readonly short: HeatTable;
}

/** Colours of a ramp at `HEAT_STEPS` equal steps, interpolated in OKLab: r, g, b per step. */
export function rampFromStops(stops: readonly string[]): Uint8Array {
  const cones = stops.map((stop) => rgbToCones(hexToRgb(stop)));
  const ramp = new Uint8Array(HEAT_STEPS * 3);
  for (let step = 0; step < HEAT_STEPS; step++) {
    const position = (step / (HEAT_STEPS - 1)) * (cones.length - 1);
    const index = Math.min(cones.length - 2, Math.floor(position));
    const [from, to] = [cones[index], cones[index + 1]];
    const mixed = from.map((value, axis) => value + (to[axis] - value) * (position - index));
    ramp.set(conesToRgb(mixed as unknown as Cones), step * 3);
  }
  return ramp;
}

/** Opacity of heat t under the user's opacity: faint bins let the chart through, the densest glow. */
export const heatAlpha = (t: number, opacity: number): number =>
  opacity * (0.3 + 0.7 * t) + 0.8 * (1 - opacity) * t ** 3;

function tableFromRamp(ramp: Uint8Array, alphaOf: (t: number) => number): HeatTable {
  const table = new Uint32Array(HEAT_STEPS);
  for (let step = 0; step < HEAT_STEPS; step++) {
    const alpha = Math.round(255 * alphaOf(step / (HEAT_STEPS - 1)));
    table[step] = ((alpha << 24) | (ramp[step * 3 + 2] << 16) | (ramp[step * 3 + 1] << 8) | ramp[step * 3]) >>> 0;
  }
  return table;
}

/** The tables of a palette at a theme; `opacity` null gives the opaque ones of a legend. */
export function heatTables(name: PaletteName, theme: Theme, opacity: number | null): HeatTables {
  const stops = PALETTES[name][theme];
  const alphaOf = opacity === null ? () => 1 : (t: number) => heatAlpha(t, opacity);
  return {
    long: tableFromRamp(rampFromStops(stops.long), alphaOf),
    short: tableFromRamp(rampFromStops(stops.short), alphaOf),
  };
}

/** Greys of late data: they still tell dense from faint, but nobody takes them for the live map. */
export function greyTables(theme: Theme): HeatTables {
  const ramp = new Uint8Array(HEAT_STEPS * 3);
  for (let step = 0; step < HEAT_STEPS; step++) {
    const t = step / (HEAT_STEPS - 1);
    const grey = theme === 'dark' ? 40 + 150 * t : 225 - 150 * t;
    ramp.set([grey, grey, grey + 6], step * 3);
  }
  const table = tableFromRamp(ramp, () => 0.45);
  return { long: table, short: table };
}
