import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { enterOwn } from '@/scripts/own-content';

import { waitForBand } from './chart';
import { BTCUSDT } from './extension';
import { alertsPanels, positionsPanels } from './own-shown';
import {
  diagnosticsPanels,
  listenIn,
  mapPanels,
  marketPanels,
  type Panels,
  popupPanels,
  scorePanels,
  type Told,
  untilShown,
} from './shown';
import { startStage, type Stage } from './stage';

/** Address of a page of ours, and what it must show of what it is told. */
const PAGES: readonly (readonly [file: string, panelsOf: (told: Told) => Panels])[] = [
  ['popup.html', popupPanels],
  ['dashboard.html', mapPanels],
  ['dashboard.html#market', marketPanels],
  ['dashboard.html#score', scorePanels],
  ['dashboard.html#diagnostics', diagnosticsPanels],
  ['dashboard.html#positions', positionsPanels],
  ['dashboard.html#alerts', alertsPanels],
];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await enterOwn(stage);
});
afterAll(() => stage?.close());

async function open(file: string): Promise<Page> {
  const page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await listenIn(page);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/${file}`);
  return page;
}

it.each(PAGES)('shows on %s what the background told, live and after its worker was killed', async (file, panelsOf) => {
  const page = await open(file);
  // Its star in the popup gives the contract a chip in the dashboard, and its market's row a map.
  if (file === 'popup.html') await page.click('.favourite[aria-pressed="false"]');
  if (file === 'dashboard.html') await page.waitForSelector('.favourite-chips [aria-pressed="true"] >> text=BTCUSDT');
  const told = (newer: (told: Told) => boolean) =>
    untilShown(page, (now) => (now.summary !== undefined && newer(now) ? panelsOf(now) : {}));
  const asOfMs = (now: Told) => now.summary?.summary.asOfMs ?? 0;

  const first = await told(() => true);
  const second = await told((now) => asOfMs(now) > asOfMs(first));
  await stage.browser.killServiceWorker();
  const third = await told((now) => asOfMs(now) > asOfMs(second) + 2_000);
  expect(third.summary?.summary.contractId).toBe(BTCUSDT);
  await page.close();
});
