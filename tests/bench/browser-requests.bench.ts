import type { Bench } from './bench';
import { onStage } from './browser/on-stage';
import { requestCounts } from './browser/request-counts';

export const run: Bench = () => onStage(requestCounts, { venues: ['binance'] });
