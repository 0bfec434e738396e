import type { Bench } from './bench';
import { chartCost } from './browser/chart-cost';
import { hiddenCost } from './browser/hidden-cost';
import { onStage } from './browser/on-stage';

export const run: Bench = async () => [
  ...(await onStage((stage) => chartCost(stage, 1), { venues: ['binance'] })),
  ...(await onStage((stage) => chartCost(stage, 8), {
    venues: ['binance'],
    browser: { viewport: { width: 1600, height: 1000 } },
  })),
  ...(await onStage(hiddenCost, { venues: ['binance'] })),
];
