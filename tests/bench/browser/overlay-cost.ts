import type { Frame, Page } from 'playwright-core';

import { chartFrame, waitForBand } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';
import { leaveAutoScale, pan } from './panning';
import { traceFrames, type FrameCost } from './panning-trace';
import { switchBand } from './switch-band';

const SITES = { tradingview: 'chart API', bybit: 'tick labels' } as const;
/** Stretches of panning with and without the band, in turns, so that the machine's moods meet both. */
const TURNS = 3;

/** What the band costs the page that it lies on while the chart is dragged about. */
export async function overlayCost(stage: Stage): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const site of ['tradingview', 'bybit'] as const) {
    const page = await stage.openChart(site);
    const frame = await chartFrame(page);
    await waitForBand(page, 'ready');
    await leaveAutoScale(page, frame);
    await pan(page, frame);
    rows.push(...rowsOf(SITES[site], await turns(stage, page, frame)));
    await page.close();
  }
  return rows;
}

async function turns(stage: Stage, page: Page, frame: Frame) {
  const withBand: FrameCost[] = [];
  const without: FrameCost[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    withBand.push(...(await traceFrames(page, () => pan(page, frame))));
    await switchBand(stage.browser, page, false);
    without.push(...(await traceFrames(page, () => pan(page, frame))));
    await switchBand(stage.browser, page, true);
  }
  return { withBand, without };
}

function rowsOf(way: string, { withBand, without }: Awaited<ReturnType<typeof turns>>): BenchRow[] {
  const ours = withBand.map((cost) => cost.ours);
  const intervals = withBand.map((cost) => cost.interval);
  const intervalRatio =
    quantile(intervals, 0.5) /
    quantile(
      without.map((cost) => cost.interval),
      0.5,
    );
  const busyRatio =
    quantile(
      withBand.map((cost) => cost.all),
      0.5,
    ) /
    quantile(
      without.map((cost) => cost.all),
      0.5,
    );
  const forced = withBand.map((cost) => cost.forcedLayouts);
  return [
    {
      name: `overlay: main thread per frame, ${way}`,
      unit: 'ms',
      median: quantile(ours, 0.5),
      p99: quantile(ours, 0.99),
      budget: 0.5,
      budgetOn: 'p99',
      ratio: { against: "the page's main thread without the band", value: busyRatio },
      note: `thread time of our functions in ${withBand.length} traced frames of panning, tracing included`,
    },
    {
      name: `overlay: frame time with and without, ${way}`,
      unit: 'x',
      median: intervalRatio,
      p99: intervalRatio,
      budget: 1.02,
      budgetOn: 'median',
      ratio: null,
      note: `median from frame to frame, ${quantile(intervals, 0.5).toFixed(1)} ms with the band, ${TURNS} turns each`,
    },
    {
      name: `overlay: layouts forced, ${way}`,
      unit: 'a frame',
      median: quantile(forced, 0.5),
      p99: quantile(forced, 0.99),
      budget: 0,
      budgetOn: 'p99',
      ratio: null,
      note: `${forced.reduce((sum, count) => sum + count, 0)} layouts or style updates in our functions over all frames`,
    },
  ];
}
