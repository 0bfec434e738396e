import { setTimeout } from 'node:timers/promises';

import { waitForBand } from '@/tests/e2e/chart';
import { hidePage } from '@/tests/e2e/hide-page';
import type { Stage } from '@/tests/e2e/stage';

import type { BenchRow } from '../bench';
import { traceOurs } from './panning-trace';

const WATCHED_MS = 5_000;

/** What the band's scripts do on a page that nobody sees, while its chart goes on getting ticks. */
export async function hiddenCost(stage: Stage): Promise<BenchRow[]> {
  const page = await stage.openChart('tradingview');
  await waitForBand(page, 'ready');
  await hidePage(page);
  await setTimeout(1_000);
  const ours = await traceOurs(page, () => setTimeout(WATCHED_MS));
  const perSecond = ours / (WATCHED_MS / 1_000);
  return [
    {
      name: 'hidden tab: main thread a second',
      unit: 'ms',
      median: perSecond,
      p99: perSecond,
      budget: 0.1,
      budgetOn: 'median',
      ratio: null,
      note: `thread time of our functions over ${WATCHED_MS / 1_000} s`,
    },
  ];
}
