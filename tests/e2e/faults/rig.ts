import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { Page } from 'playwright-core';

import type { ContractId, VenueId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import { type ExtensionBrowser, launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { type Exchange, startExchange } from '@/tests/exchange';
import { bundleScript } from '@/tests/pages/bundle-script';
import { createChartPages, PAGE_URLS } from '@/tests/pages/chart-pages';

import type { LogEnd, LogRows } from '../extension-page/log-rows';
import { hurriedNow, hurryWorkers, shiftClock } from '../hurry';
import { countOnly, passFirstRun } from '../stage';

/** Silences, limits and pauses before the next try pass that much faster; ten seconds' patience for an answer is still one. */
export const HURRY = 10;

const VENUE_IDS = Object.keys(VENUE_FACTS) as VenueId[];

/** An exchange of all venues, and a browser that may be ended and started again over the same profile. */
export interface Rig {
  /** Those that count. */
  readonly venues: readonly VenueId[];
  readonly exchange: Exchange;
  /** Hurried machine time. */
  readonly now: () => number;
  browser(): ExtensionBrowser;
  restartBrowser(): Promise<void>;
  openChart(): Promise<Page>;
  /** The running chart pages. */
  charts(): readonly Page[];
  /** A page of the extension that runs none of its code. */
  inExtension<T>(work: (page: Page) => Promise<T>): Promise<T>;
  /** How far the logs have come; quick, where the rows take seconds. */
  readEnds(ids: readonly ContractId[], sinceMs: number): Promise<LogEnd[]>;
  readRows(ids: readonly ContractId[], sinceMs: number): Promise<LogRows[]>;
  retry(): Promise<void>;
  /** Somebody sets the machine's clock, so far from the right time. */
  shiftClock(shiftMs: number): Promise<void>;
  /** The machine sleeps: time passes, and nobody notices anything. */
  sleep(durationMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly hurry?: number;
  readonly venues?: readonly VenueId[];
}

export async function startRig({ hurry = HURRY, venues = VENUE_IDS }: RigOptions = {}): Promise<Rig> {
  const sinceMs = Date.now();
  const now = hurriedNow(hurry, sinceMs);
  const exchange = await startExchange({ machineNow: now });
  exchange.addHandler(createChartPages(exchange));
  const profile = await mkdtemp(path.join(os.tmpdir(), 'liqband-faults-'));
  /** How far the workers' machine is ahead of hurried time, by having slept and by somebody's hand. */
  let [sleptMs, setMs] = [0, 0];
  const launch = async (): Promise<ExtensionBrowser> => {
    const started = await launchBrowser({
      extensionDir: CHROME_DIR,
      port: exchange.port,
      headless: true,
      userDataDir: profile,
    });
    await hurryWorkers(started, hurry, sinceMs, () => sleptMs + setMs);
    return started;
  };
  let browser = await launch();
  await passFirstRun(browser);
  await countOnly(browser, venues);

  const inExtension = async <T>(work: (page: Page) => Promise<T>): Promise<T> => {
    const page = await browser.openExtensionPage('manifest.json');
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  };
  const call = async <T>(file: string, expression: string): Promise<T> => {
    const script = await bundleScript(`tests/e2e/extension-page/${file}.ts`, 'page');
    return inExtension((page) => page.evaluate<T>(`(() => { ${script}; return page.${expression}; })()`));
  };

  return {
    venues,
    exchange,
    now,
    browser: () => browser,
    async restartBrowser() {
      await browser.close();
      browser = await launch();
    },
    openChart: () => browser.openPage(PAGE_URLS.tradingview),
    charts: () => browser.context.pages().filter((page) => page.url().startsWith('https:')),
    inExtension,
    readEnds: (ids, since) => call('log-rows', `logEnds(${JSON.stringify({ ids, sinceMs: since })})`),
    readRows: (ids, since) => call('log-rows', `logRows(${JSON.stringify({ ids, sinceMs: since })})`),
    retry: () => call('retry', 'retry()'),
    async shiftClock(shiftMs) {
      setMs = shiftMs;
      await shiftClock(browser, sleptMs + setMs);
    },
    async sleep(durationMs) {
      // A machine's clock tells whole milliseconds.
      const wholeMs = Math.round(durationMs);
      sleptMs += wholeMs;
      await shiftClock(browser, sleptMs + setMs);
      exchange.clock.step(wholeMs);
    },
    async close() {
      await browser.close();
      await exchange.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
