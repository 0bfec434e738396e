import { type PaletteName, PALETTES } from '@/lib/core/palettes';

/** A palette from faint to dense as CSS; where the sides differ, longs lie below shorts as on the band. */
export function heatGradient(palette: PaletteName, theme: 'dark' | 'light'): string {
  const { long, short } = PALETTES[palette][theme];
  const ramp = (stops: readonly string[]) => `linear-gradient(90deg in oklab, ${stops.join(', ')})`;
  if (long === short) return ramp(long);
  return `${ramp(short)} top / 100% 50% no-repeat, ${ramp(long)} bottom / 100% 50% no-repeat`;
}

/** The same for the densest colour alone: all that lies above the upper handle. */
export function densestColor(palette: PaletteName, theme: 'dark' | 'light'): string {
  const { long, short } = PALETTES[palette][theme];
  const [shortEnd, longEnd] = [short.at(-1), long.at(-1)];
  return shortEnd === longEnd ? `${longEnd}` : `linear-gradient(${shortEnd} 50%, ${longEnd} 50%)`;
}
