import type { Bench } from './bench';
import { onStage } from './browser/on-stage';
import { FIVE_VENUES, workerLoad } from './browser/worker-load';

export const run: Bench = () => onStage(workerLoad, { venues: FIVE_VENUES, exchange: { moreMarkets: 45 } });
