import type { Page } from 'playwright-core';

import { until } from '@/tests/e2e/chart';
import { type Stage, startStage } from '@/tests/e2e/stage';
import { PAGE_URLS } from '@/tests/pages/chart-pages';

import { type BenchRow, quantile } from '../bench';

const RUNS = 3;
const ROUND_TRIP_MS = 50;
const PATIENCE_MS = 15_000;

declare global {
  interface Window {
    __bandReadyMs?: number;
  }
}

/** From the page's DOM being there, which is when the content script starts, to a drawn band. */
export async function firstBands(): Promise<BenchRow[]> {
  const cold: number[] = [];
  const stored: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const stage = await startStage();
    stage.exchange.setFault({ kind: 'latency', target: 'all', delayMs: ROUND_TRIP_MS });
    try {
      cold.push(await timeBand(stage));
      await stage.browser.killServiceWorker();
      stored.push(await timeBand(stage));
    } finally {
      await stage.close();
    }
  }
  const note = `DOM there to a drawn band, ${ROUND_TRIP_MS} ms round trips, ${RUNS} runs`;
  return [
    rowOf('first band, cold', cold, 2_000, `${note}, empty store: 30 days are fetched and folded`),
    rowOf(
      'first band, from the store',
      stored,
      300,
      `${note}, after the worker's death: its start and the chart's included`,
    ),
  ];
}

/** Opens a chart, waits for its band and closes it again. */
async function timeBand({ browser }: Stage): Promise<number> {
  const page = await browser.context.newPage();
  await page.addInitScript(watchBandHere);
  await page.goto(PAGE_URLS.tradingview);
  // One that never came is as late as it can be known to be, and shows in the p99.
  const ms = await until(() => readyAfterDom(page), 'a first band', PATIENCE_MS).catch(() => PATIENCE_MS);
  await page.close();
  return ms;
}

const readyAfterDom = (page: Page): Promise<number | null> =>
  page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return window.__bandReadyMs === undefined ? null : window.__bandReadyMs - navigation.domContentLoadedEventStart;
  });

/** Runs in the page. */
function watchBandHere(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('liqband-band[data-state=ready]') === null) return;
    window.__bandReadyMs = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
}

const rowOf = (name: string, values: readonly number[], budget: number, note: string): BenchRow => ({
  name,
  unit: 'ms',
  median: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  budget,
  budgetOn: 'median',
  ratio: null,
  note,
});
