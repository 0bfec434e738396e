import type { Bench } from './bench';
import { chartCost } from './browser/chart-cost';
import { hiddenCost } from './browser/hidden-cost';
import { onStage } from './browser/on-stage';

/** What the band costs the page, in every style, by way of reading and number of charts; and a page that nobody sees. */
export const run: Bench = async () => [
  ...(await onStage((stage) => chartCost(stage, 'tradingview', 1), { venues: ['binance'] })),
  ...(await onStage((stage) => chartCost(stage, 'bybit', 1), { venues: ['bybit'] })),
  ...(await onStage((stage) => chartCost(stage, 'tradingview', 8), {
    venues: ['binance'],
    browser: { viewport: { width: 1600, height: 1000 } },
  })),
  ...(await onStage(hiddenCost, { venues: ['binance'] })),
];
