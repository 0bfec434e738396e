import { type PaletteName, PALETTES } from '@/lib/core/palettes';

/** A palette from faint to dense as CSS, dense from the share `end` on; where the sides differ, longs lie below shorts. */
export function heatGradient(palette: PaletteName, theme: 'dark' | 'light', end: number = 1): string {
  const { long, short } = PALETTES[palette][theme];
  const ramp = (stops: readonly string[]) => `linear-gradient(90deg in oklab, ${stops.join(', ')} ${100 * end}%)`;
  if (long === short) return ramp(long);
  return `${ramp(short)} top / 100% 50% no-repeat, ${ramp(long)} bottom / 100% 50% no-repeat`;
}
