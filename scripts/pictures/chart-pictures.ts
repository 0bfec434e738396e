import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { BandSettings } from '@/lib/store/settings';
import { afterFrame, chartFrame, panePoint, waitForBand } from '@/tests/e2e/chart';
import { setBand, type Stage } from '@/tests/e2e/stage';
import type { PageSite } from '@/tests/pages/page-html';

import { THEMES } from './photographer';

/** A band looks at the chart's pixels once the chart rests, and puts its labels where it finds room. */
const LABELS_MS = 1_500;

interface ChartPictures {
  readonly site: PageSite;
  readonly theme: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  /** Of the picture in each style that is taken. */
  readonly names: Readonly<Partial<Record<BandSettings['style'], string>>>;
}

const WIDE = { site: 'tradingview', width: 1200, height: 680 } as const;
const NARROW = { site: 'tradingview', width: 520, height: 560 } as const;
const CHART_PICTURES: readonly ChartPictures[] = [
  { ...WIDE, theme: 'dark', names: { strip: 'tradingview-dark', bars: 'bars-dark', pane: 'pane-dark' } },
  { ...WIDE, theme: 'light', names: { strip: 'tradingview-light', bars: 'bars-light', pane: 'pane-light' } },
  ...THEMES.map((theme) => ({
    ...NARROW,
    theme,
    names: { strip: `strip-narrow-${theme}`, bars: `bars-narrow-${theme}`, pane: `pane-narrow-${theme}` },
  })),
  { site: 'binance', theme: 'dark', width: 1360, height: 760, names: { strip: 'binance-dark' } },
];

/** Pictures of bands and popup as a user sees them; returns the files. */
export async function takeChartPictures(stage: Stage, dir: string): Promise<string[]> {
  const files: string[] = [];
  const take = async (page: Page, name: string): Promise<void> => {
    const file = path.join(dir, `${name}.png`);
    await page.screenshot({ path: file });
    files.push(file);
  };

  for (const { site, theme, width, height, names } of CHART_PICTURES) {
    const page = await stage.openChart(site, { theme });
    await page.setViewportSize({ width, height });
    for (const [style, name] of Object.entries(names) as [BandSettings['style'], string][]) {
      await setBand(stage.browser, { style });
      await page.bringToFront();
      await restPointer(page);
      await take(page, name);
    }
    await page.close();
  }
  await setBand(stage.browser, {});
  const hidden = await stage.openChart('tradingview', { symbol: 'NASDAQ:AAPL' });
  await hidden.setViewportSize({ width: NARROW.width, height: NARROW.height });
  await waitForBand(hidden, 'hidden', 'unmapped-symbol');
  await setTimeout(LABELS_MS);
  await take(hidden, 'band-hidden');
  await hidden.close();
  for (const theme of THEMES) {
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

/** A pointer that comes to rest on the band, for the read-out. The band learns its place from the first movement. */
async function restPointer(page: Page): Promise<void> {
  const frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  const { x, y } = await panePoint(page, frame, 24, 0.62);
  await page.mouse.move(x - 200, y - 20);
  await setTimeout(2 * LABELS_MS);
  await page.mouse.move(x - 60, y - 20);
  await afterFrame(frame);
  await page.mouse.move(x, y, { steps: 10 });
  await afterFrame(frame);
  await waitForBand(page, 'ready');
}
