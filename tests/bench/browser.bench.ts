import { ensureChromeBuild } from '@/scripts/build-extension';
import { type Stage, type StageOptions, startStage } from '@/tests/e2e/stage';

import type { Bench, BenchRow } from './bench';
import { dashboardMap } from './browser/dashboard-map';
import { feedDelay } from './browser/feed-delay';
import { firstBands } from './browser/first-band';
import { overlayCost } from './browser/overlay-cost';
import { popupPaint } from './browser/popup-paint';
import { requestCounts } from './browser/request-counts';
import { FIVE_VENUES, workerLoad } from './browser/worker-load';

/** The production build in Chromium, against the replay exchange and the chart pages. */
export const run: Bench = async () => {
  ensureChromeBuild();
  return [
    ...(await overlay()),
    ...(await firstBands()),
    ...(await onStage(requestCounts, { venues: ['binance'] })),
    ...(await onStage(workerLoad, { venues: FIVE_VENUES, exchange: { moreMarkets: 45 } })),
    ...(await onStage(dashboardMap)),
  ];
};

const overlay = (): Promise<BenchRow[]> =>
  onStage(async (stage) => [...(await overlayCost(stage)), await feedDelay(stage), await popupPaint(stage)]);

/** On an exchange and in a browser that nothing else has used. */
async function onStage<T>(measure: (stage: Stage) => Promise<T>, options: StageOptions = {}): Promise<T> {
  const stage = await startStage(options);
  try {
    return await measure(stage);
  } finally {
    await stage.close();
  }
}
