import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { shadowMarkup, violationsOn } from './accessibility';
import { until, waitForBand } from './chart';
import { startStage, type Stage } from './stage';

let stage: Stage;
let chart: Page;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'], isFirstRun: true });
  chart = await stage.openChart('tradingview');
  await waitForBand(chart, 'ready');
});
afterAll(() => stage?.close());

const hints = (page: Page) => page.locator('liqband-hint').count();

/** The hint's root is closed: whatever is at a point of its host is reached by the pointer. */
async function clickInHint(): Promise<void> {
  const box = await chart.locator('liqband-hint').boundingBox();
  if (box === null) throw new Error('there is no hint');
  await chart.mouse.click(box.x + 30, box.y + box.height - 22);
}

it('opens one page after the install that explains in five pictures', async () => {
  const pages = stage.browser.context.pages().filter((page) => page.url().endsWith('dashboard.html#first-run'));
  expect(pages).toHaveLength(1);
  await pages[0].waitForSelector('.first-run');
  expect(await pages[0].locator('.first-run .picture').count()).toBe(5);
  expect(await pages[0].locator('.first-run input, .first-run form').count()).toBe(0);
});

it.each([
  ['dark', '#131722'],
  ['light', '#ffffff'],
] as const)('axe finds nothing in the hint on a %s chart', async (theme, ground) => {
  const page = await stage.openChart('tradingview', { theme });
  await waitForBand(page, 'ready');
  const markup = await until(() => shadowMarkup(page, 'liqband-hint'), 'a hint');
  // Closed to scripts of the page, axe among them: the same markup on a page of its own.
  const copy = await stage.browser.context.newPage();
  await copy.setContent(`<html lang="en"><title>Hint</title><body style="background:${ground}"><main>${markup}</main>`);
  await copy.locator('main button').first().waitFor();
  expect((await violationsOn(copy)).filter((found) => !found.startsWith('page-has-heading-one'))).toEqual([]);
  await copy.close();
  await page.close();
});

it('shows a hint beside the first band until it is dismissed, then on no chart any more', async () => {
  await until(async () => (await hints(chart)) === 1 || null, 'a hint');
  const other = await stage.openChart('gate');
  await waitForBand(other, 'ready');
  await until(async () => (await hints(other)) === 1 || null, 'a hint on the other chart');
  await chart.bringToFront();
  await clickInHint();
  for (const page of [chart, other]) await until(async () => (await hints(page)) === 0 || null, 'no hint');
  await chart.reload();
  await waitForBand(chart, 'ready');
  // Longer than it takes to look for a band.
  await chart.waitForTimeout(1_500);
  expect(await hints(chart)).toBe(0);
});
