import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';

import { chartFrame, settledScaleError, until, waitForBand } from './chart';
import { startStage, type Stage } from './stage';

const ORIGIN = 'https://charts.example/*';
const ADDRESS = 'https://charts.example/trade/BTCUSDT';

let stage: Stage;
let own: Page;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
  const { extensionId } = stage.browser;
  // No window, nobody who could answer a prompt: what the browser's own page has granted is given without one.
  const settings = await stage.browser.openPage(`chrome://extensions/?id=${extensionId}`);
  await settings.evaluate(`chrome.developerPrivate.addHostPermission('${extensionId}', '${ORIGIN}')`);
  own = await stage.browser.openExtensionPage('manifest.json');
});
afterAll(() => stage?.close());

const change = (verb: 'request' | 'remove'): Promise<boolean> =>
  own.evaluate(`chrome.permissions.${verb}({ origins: ['${ORIGIN}'] })`);

const noBand = (page: Page): Promise<true> =>
  until(async () => ((await readBands(page)).length === 0 ? true : null), 'a page without a band');

it('draws on a chart of a site it does not know once its origin is granted, and leaves when that is withdrawn', async () => {
  const page = await stage.browser.openPage(ADDRESS);
  const frame = await chartFrame(page);
  expect(await readBands(page)).toEqual([]);

  expect(await change('request')).toBe(true);
  const { proxy } = await waitForBand(page, 'ready');
  expect(proxy).toBe('BTCUSDT');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(1);

  expect(await change('remove')).toBe(true);
  await noBand(page);
  await page.reload();
  await chartFrame(page);
  expect(await readBands(page)).toEqual([]);
});
