import path from 'node:path';

import type { Page } from 'playwright-core';

import { floorToStep, MINUTE_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import { COLUMN_MS } from '@/lib/model/history';
import type { BandSettings } from '@/lib/store/settings';
import { type BrowserOptions, type ExtensionBrowser, launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { type Exchange, type ExchangeOptions, startExchange } from '@/tests/exchange';
import { createChartPages, PAGE_URLS } from '@/tests/pages/chart-pages';
import type { PageSite } from '@/tests/pages/page-html';

export interface StageOptions {
  /** Name of a recorded set under `../shared/data`; the synthetic market without it. */
  readonly set?: string;
  readonly exchange?: ExchangeOptions;
  readonly browser?: Partial<BrowserOptions>;
  /** Only these count; all of them without it. */
  readonly venues?: readonly VenueId[];
  /** Leaves what is shown after an install: the page that explains, and the hint beside the first band. */
  readonly isFirstRun?: boolean;
}

/** Everything an end-to-end test stands on: exchange, chart pages and a browser with the production build. */
export interface Stage {
  readonly exchange: Exchange;
  readonly browser: ExtensionBrowser;
  /** A chart page; `query` as in `readPageOptions`, e.g. `{ theme: 'light', mode: 'log' }`. */
  openChart(site: PageSite, query?: Readonly<Record<string, string>>): Promise<Page>;
  close(): Promise<void>;
}

/** A start of the exchange's clock, minutes off the machine's, from which on no bar closes and nothing of one is late for some minutes. */
export const midBarMs = (): number => floorToStep(Date.now(), COLUMN_MS) + 5.5 * MINUTE_MS;

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const exchange = await startExchange({
    ...(options.set === undefined ? {} : { dataDir: path.resolve('../shared/data'), sets: [options.set] }),
    ...options.exchange,
  });
  exchange.addHandler(createChartPages(exchange));
  const browser = await launchBrowser({
    extensionDir: CHROME_DIR,
    port: exchange.port,
    headless: true,
    ...options.browser,
  }).catch(async (error: unknown) => {
    await exchange.close();
    throw error;
  });
  if (options.isFirstRun !== true && browser.extensionId !== '') await passFirstRun(browser);
  if (options.venues !== undefined) await countOnly(browser, options.venues);
  return {
    exchange,
    browser,
    openChart(site, query = {}) {
      const url = new URL(PAGE_URLS[site]);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return browser.openPage(url.href);
    },
    async close() {
      await browser.close();
      await exchange.close();
    },
  };
}

/** As a user who has read the page that explains and dismissed the hint. */
export async function passFirstRun(browser: ExtensionBrowser): Promise<void> {
  const isFirstRun = (page: Page): boolean => page.url().endsWith('#first-run');
  const page =
    browser.context.pages().find(isFirstRun) ??
    (await browser.context.waitForEvent('page', { predicate: isFirstRun, timeout: 60_000 }));
  await page.waitForFunction(`chrome.storage.local.get('first-hint').then((all) => 'first-hint' in all)`);
  await page.evaluate(`chrome.storage.local.set({ 'first-hint': null })`);
  await page.close();
}

/** Lets only these venues count, as a user's choice in the popup would. */
export const countOnly = (browser: ExtensionBrowser, venueIds: readonly VenueId[]): Promise<void> =>
  store(
    browser,
    'venues-off',
    (Object.keys(VENUE_FACTS) as VenueId[]).filter((venueId) => !venueIds.includes(venueId)),
  );

/** As the user's switches would; what is not named is as it is by default. */
export const setBand = (browser: ExtensionBrowser, settings: Partial<BandSettings>): Promise<void> =>
  store(browser, 'band', settings);

async function store(browser: ExtensionBrowser, key: string, value: unknown): Promise<void> {
  const page = await browser.openExtensionPage('manifest.json');
  await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ [key]: value })})`);
  await page.close();
}
