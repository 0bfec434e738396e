import type { ChartEngine } from './chart-engine';

/**
 * Gives lightweight-charts' own table the class names of the charting library: both have one row per pane with an axis
 * cell at either side, two stacked canvases in each, and the time axis last.
 */
export function applyChartingLibraryMarkup({ chart }: ChartEngine): void {
  const table = chart.chartElement().querySelector('table');
  if (table === null) throw new Error('lightweight-charts has changed its markup: no table');
  table.classList.add('chart-markup-table');
  for (const pane of chart.panes()) {
    const [left, middle, right] = pane.getHTMLElement()?.children ?? [];
    middle.classList.add('pane');
    middle.firstElementChild?.classList.add('chart-gui-wrapper');
    for (const axis of [left, right]) {
      axis.classList.add('price-axis-container');
      axis.firstElementChild?.classList.add('price-axis');
    }
  }
  table.rows[table.rows.length - 1].cells[1].firstElementChild?.classList.add('time-axis');
}
