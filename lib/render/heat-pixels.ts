import { heatSteps, type HeatScale } from './heat-scale';
import type { HeatTables } from './palette';

/**
 * Colours one column of a picture whose topmost pixel is the highest row: every row the colour of its larger side at the
 * USD of both.
 */
export function fillHeatColumn(
  long: Float32Array,
  short: Float32Array,
  scale: HeatScale,
  tables: HeatTables,
  pixels: Uint32Array,
  x: number,
  width: number,
): void {
  const last = long.length - 1;
  const toStep = heatSteps(scale);
  for (let row = 0; row <= last; row++) {
    const step = toStep(long[row] + short[row]);
    const table = long[row] >= short[row] ? tables.long : tables.short;
    pixels[(last - row) * width + x] = step < 0 ? 0 : table[step];
  }
}
