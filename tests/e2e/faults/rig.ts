import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { Page } from 'playwright-core';

import type { ContractId } from '@/lib/market/contract';
import { type ExtensionBrowser, launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { type Exchange, startExchange } from '@/tests/exchange';
import { bundleScript } from '@/tests/pages/bundle-script';
import { createChartPages, PAGE_URLS } from '@/tests/pages/chart-pages';

import type { LogEnd, LogRows } from '../extension-page/log-rows';
import { hurriedNow, hurryWorkers } from '../hurry';

/** Silences, limits and pauses before the next try pass that much faster; ten seconds' patience for an answer is still one. */
export const HURRY = 10;

/** An exchange of all venues, and a browser that may be ended and started again over the same profile. */
export interface Rig {
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
  close(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const sinceMs = Date.now();
  const now = hurriedNow(HURRY, sinceMs);
  const exchange = await startExchange({ machineNow: now });
  exchange.addHandler(createChartPages(exchange));
  const profile = await mkdtemp(path.join(os.tmpdir(), 'liqband-faults-'));
  const launch = async (): Promise<ExtensionBrowser> => {
    const started = await launchBrowser({
      extensionDir: CHROME_DIR,
      port: exchange.port,
      headless: true,
      userDataDir: profile,
    });
    await hurryWorkers(started, HURRY, sinceMs);
    return started;
  };
  let browser = await launch();

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
    async close() {
      await browser.close();
      await exchange.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
