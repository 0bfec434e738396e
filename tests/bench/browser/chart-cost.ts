import { setTimeout } from 'node:timers/promises';

import type { Frame, Page } from 'playwright-core';

import { BAND_CHOICES } from '@/lib/store/settings';
import { chartFrame, panePoint, until } from '@/tests/e2e/chart';
import { setBand, type Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';
import { leaveAutoScale, pan } from './panning';
import { type FrameCost, traceFrames } from './panning-trace';

type Look = 'off' | (typeof BAND_CHOICES.style)[number];

/** The styles that a way of reading the chart allows; the full pane needs the chart's API. */
const WAYS = {
  tradingview: { way: 'API', styles: BAND_CHOICES.style },
  bybit: { way: 'labels', styles: ['strip', 'bars'] },
} as const;
const STREAM_MS = 3_000;
const ZOOMS = 60;
/** Fewer frames tell nothing of the time from one to the next. */
const ENOUGH_FRAMES = 50;
/** Until a look is there in full: the history of a full pane comes in parts. */
const SETTLE_MS = 2_500;

/** What happens to a chart: what it costs is measured while it lasts. */
const ACTIONS: Readonly<Record<string, (page: Page, frame: Frame) => Promise<void>>> = {
  panning: pan,
  zooming: zoom,
  ticks: () => setTimeout(STREAM_MS),
};

/** To and fro with the wheel, over the middle of the chart. */
async function zoom(page: Page, frame: Frame): Promise<void> {
  const at = await panePoint(page, frame, 500, 0.5);
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < ZOOMS; i++) {
    await page.mouse.wheel(0, 60 * (i % 10 < 5 ? -1 : 1));
    await setTimeout(10);
  }
}

/** A layout of so many charts with the band off and on in every style, in one run; the first of them is moved. */
export async function chartCost(stage: Stage, site: keyof typeof WAYS, charts: number): Promise<BenchRow[]> {
  const { way, styles } = WAYS[site];
  // With the band off before and after every style: the machine's moods meet both.
  const looks: readonly Look[] = ['off', ...styles.flatMap((style) => [style, 'off'] as const)];
  const page = await stage.openChart(site, { charts: String(charts) });
  const frame = await chartFrame(page);
  await show(stage, page, 'strip', charts);
  await leaveAutoScale(page, frame);
  const costs = new Map<string, FrameCost[]>();
  for (const look of looks) {
    await show(stage, page, look, charts);
    for (const [action, act] of Object.entries(ACTIONS)) {
      const key = `${look} ${action}`;
      const frames = await traceFrames(page, () => act(page, frame));
      costs.set(key, [...(costs.get(key) ?? []), ...frames]);
    }
  }
  await page.close();
  return styles.flatMap((style) =>
    Object.keys(ACTIONS).flatMap((action) =>
      rowsOf(
        `${charts === 1 ? 'one chart' : `${charts} charts`}, ${way}, ${style}, ${action}`,
        costs.get(`${style} ${action}`) ?? [],
        costs.get(`off ${action}`) ?? [],
      ),
    ),
  );
}

async function show(stage: Stage, page: Page, look: Look, charts: number): Promise<void> {
  await setBand(stage.browser, look === 'off' ? { isOn: false } : { isOn: true, style: look });
  await page.bringToFront();
  const wanted = look === 'off' ? 0 : charts;
  const ready = page.locator('liqband-band[data-state="ready"]');
  await until(async () => ((await ready.count()) === wanted ? true : null), `${wanted} bands`, 120_000);
  await setTimeout(SETTLE_MS);
}

function rowsOf(name: string, on: readonly FrameCost[], off: readonly FrameCost[]): BenchRow[] {
  const median = (of: readonly FrameCost[], what: 'interval' | 'all'): number =>
    quantile(
      of.map((cost) => cost[what]),
      0.5,
    );
  const ours = on.map((cost) => cost.ours);
  const net = on.map((cost) => cost.ours - cost.tracing);
  const interval: BenchRow[] = [
    {
      name: `frame time on against off: ${name}`,
      unit: 'x',
      median: median(on, 'interval') / median(off, 'interval'),
      p99: median(on, 'interval') / median(off, 'interval'),
      budget: 1.02,
      budgetOn: 'median',
      ratio: {
        against: "the page's main thread a frame without the band",
        value: median(on, 'all') / median(off, 'all'),
      },
      note: `${median(on, 'interval').toFixed(1)} ms from frame to frame, ${on.length} frames on, ${off.length} off`,
    },
  ];
  return [
    ...(Math.min(on.length, off.length) < ENOUGH_FRAMES ? [] : interval),
    {
      name: `main thread a frame: ${name}`,
      unit: 'ms',
      median: quantile(ours, 0.5),
      p99: quantile(ours, 0.99),
      budget: null,
      budgetOn: 'p99',
      ratio: null,
      note: `thread time of our functions; ${quantile(net, 0.5).toFixed(2)} ms, p99 ${quantile(net, 0.99).toFixed(2)} without what tracing adds to an empty call`,
    },
  ];
}
