import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { openPopup } from '@/tests/e2e/popup';
import type { Stage } from '@/tests/e2e/stage';

/** For figures, and for a page to learn what is wrong. */
const SETTLE_MS = 3_000;

/** Popup and map while something is wrong or missing; the stage is of no further use. Returns the files. */
export async function takeStatePictures({ browser, exchange }: Stage, dir: string): Promise<string[]> {
  mkdirSync(dir, { recursive: true });
  const files: string[] = [];
  const take = async (page: Page, name: string, colorScheme: 'dark' | 'light', height: number): Promise<void> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 380, height });
    await setTimeout(SETTLE_MS);
    const file = path.join(dir, `state-${name}-${colorScheme}.png`);
    await page.screenshot({ path: file });
    files.push(file);
  };
  const openMap = async (): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`chrome-extension://${browser.extensionId}/dashboard.html#map`);
    return page;
  };

  const popup = await openPopup(browser);
  const map = await openMap();
  await setTimeout(SETTLE_MS);
  await browser.context.setOffline(true);
  await take(popup, 'popup-offline', 'dark', 480);
  await take(map, 'map-offline', 'light', 900);
  await browser.context.setOffline(false);
  await Promise.all([popup.close(), map.close()]);

  await browser.killServiceWorker();
  exchange.setFault({ target: 'all', kind: 'status', status: 451 });
  const blocked = await openPopup(browser);
  await setTimeout(2 * SETTLE_MS);
  await take(blocked, 'popup-blocked', 'light', 480);
  await blocked.close();

  const empty = await openPopup(browser);
  await empty.evaluate(`chrome.storage.local.remove('last-contract')`);
  await browser.killServiceWorker();
  await empty.reload();
  await take(empty, 'popup-no-chart', 'dark', 240);
  await empty.close();
  return files;
}
