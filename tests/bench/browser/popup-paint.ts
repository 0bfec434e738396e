import type { Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';

const RUNS = 12;

/** The popup's page from its navigation to its first content, opened as a tab of its own. */
export async function popupPaint({ browser }: Stage): Promise<BenchRow> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const page = await browser.openExtensionPage('popup.html');
    times.push(await page.evaluate(firstPaintHere));
    await page.close();
  }
  return {
    name: 'popup, first paint',
    unit: 'ms',
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    budget: 150,
    budgetOn: 'median',
    ratio: null,
    note: `navigation start to first contentful paint, ${RUNS} times, the first of them cold`,
  };
}

/** Runs in the page. */
const firstPaintHere = (): Promise<number> =>
  new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
    }).observe({ type: 'paint', buffered: true });
  });
