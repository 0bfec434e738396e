import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { afterFrame, chartFrame, panePoint, waitForBand } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';
import type { PageSite } from '@/tests/pages/page-html';

import { PAGE_PICTURES } from './page-pictures';

/** A band looks at the chart's pixels once the chart rests, and puts its labels where it finds room. */
const LABELS_MS = 1_500;

interface ChartPicture {
  readonly name: string;
  readonly site: PageSite;
  readonly theme: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
}

const CHART_PICTURES: readonly ChartPicture[] = [
  { name: 'tradingview-dark', site: 'tradingview', theme: 'dark', width: 1200, height: 680 },
  { name: 'tradingview-light', site: 'tradingview', theme: 'light', width: 1200, height: 680 },
  { name: 'binance-dark', site: 'binance', theme: 'dark', width: 1360, height: 760 },
];

/** Pictures of bands and popup as a user sees them; returns the files. */
export async function takePictures(stage: Stage, dir: string): Promise<string[]> {
  mkdirSync(dir, { recursive: true });
  const files: string[] = [];
  const take = async (page: Page, name: string): Promise<void> => {
    const file = path.join(dir, `${name}.png`);
    await page.screenshot({ path: file });
    files.push(file);
  };

  for (const { name, site, theme, width, height } of CHART_PICTURES) {
    const page = await stage.openChart(site, { theme });
    await page.setViewportSize({ width, height });
    const frame = await chartFrame(page);
    await waitForBand(page, 'ready');
    await setTimeout(LABELS_MS);
    // A pointer that comes to rest on the band, for the read-out. The band learns its place from the first movement.
    const { x, y } = await panePoint(page, frame, 24, 0.62);
    await page.mouse.move(x - 60, y - 20);
    await afterFrame(frame);
    await page.mouse.move(x, y, { steps: 10 });
    await afterFrame(frame);
    await waitForBand(page, 'ready');
    await take(page, name);
    await page.close();
  }
  for (const theme of ['dark', 'light'] as const) {
    const page = await stage.browser.context.newPage();
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 380, height: 600 });
    await page.goto(`chrome-extension://${stage.browser.extensionId}/popup.html`);
    await page.locator('.uplot canvas').first().waitFor();
    await setTimeout(LABELS_MS);
    await take(page, `popup-${theme}`);
    await page.close();
  }
  return files;
}

/** Every page of the extension in the themes, widths and languages that it is looked at in. */
export async function takePagePictures(stage: Stage, dir: string): Promise<string[]> {
  mkdirSync(dir, { recursive: true });
  const page = await stage.browser.context.newPage();
  const files: string[] = [];
  for (const { name, file, theme, language, width, height } of PAGE_PICTURES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${stage.browser.extensionId}/${file}`);
    await page.evaluate(`chrome.storage.local.set({ language: '${language}' })`);
    await page.locator(`html[lang="${language}"]`).waitFor();
    await setTimeout(2 * LABELS_MS);
    const target = path.join(dir, `${name}.png`);
    await page.screenshot({ path: target });
    files.push(target);
  }
  await page.evaluate(`chrome.storage.local.remove('language')`);
  await page.close();
  return files;
}
