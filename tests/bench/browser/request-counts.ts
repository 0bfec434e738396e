import { waitForBand } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';

import type { BenchRow } from '../bench';

/** Late followers of the start: seeds, tiers and polls that the first band does not wait for. */
const SETTLING_MS = 5_000;
const MINUTE_MS = 60_000;

/** Requests of one contract's first start, and the weight of a quiet minute behind it. */
export async function requestCounts(stage: Stage): Promise<BenchRow[]> {
  const { requests } = stage.exchange;
  const page = await stage.openChart('tradingview');
  await waitForBand(page, 'ready');
  await page.waitForTimeout(SETTLING_MS);
  const startCount = requests.length;
  const startWeight = weightOf(requests);
  await page.waitForTimeout(MINUTE_MS);
  const steadyWeight = weightOf(requests) - startWeight;
  await page.close();
  return [
    rowOf('first start', 'requests', startCount, 40, `weight ${startWeight}, one contract, one venue, empty store`),
    rowOf('steady state', 'weight a minute', steadyWeight, 20, `${requests.length - startCount} requests in a minute`),
  ];
}

const weightOf = (requests: Stage['exchange']['requests']): number =>
  requests.reduce((sum, { weight }) => sum + weight, 0);

const rowOf = (name: string, unit: string, value: number, budget: number, note: string): BenchRow => ({
  name,
  unit,
  median: value,
  p99: value,
  budget,
  budgetOn: 'median',
  ratio: null,
  note,
});
