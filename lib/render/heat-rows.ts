import type { BandCells } from './band-cells';
import { heatSteps, type HeatScale } from './heat-scale';
import type { HeatTables } from './palette';

/**
 * Colours every device-pixel row of the strip: one value per row, because the strip is one colour from side to side.
 * A cell that holds both sides takes the colour of the larger at the density of both.
 */
export function fillHeatRows(cells: BandCells, scale: HeatScale, tables: HeatTables, rows: Uint32Array): void {
  rows.fill(0);
  const { edge, long, short } = cells;
  const toStep = heatSteps(scale);
  for (let i = 0; i < cells.count; i++) {
    const step = toStep(long[i] + short[i]);
    if (step < 0) continue;
    const table = long[i] >= short[i] ? tables.long : tables.short;
    const [a, b] = edge[i] < edge[i + 1] ? [edge[i], edge[i + 1]] : [edge[i + 1], edge[i]];
    rows.fill(table[step], a, b);
  }
}
