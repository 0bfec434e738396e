import type { Page } from 'playwright-core';

import type { VenueId } from '@/lib/market/contract';
import { FEED_PORT } from '@/lib/messaging/protocol';
import { until } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';

import type { BenchRow } from '../bench';
import type { ExtensionGlobals } from './switch-band';
import { venueUse } from './venue-limits';
import { attachToWorker } from './worker-session';

export const FIVE_VENUES: readonly VenueId[] = ['binance', 'bybit', 'okx', 'gate', 'bitget'];
/** Contracts that all five list. */
const BASES = ['BTC', 'ETH', '1000PEPE', 'XAU', 'SOL', 'XRP', 'BNB', 'ADA', 'LINK', 'AVAX'];
const MINUTE_MS = 60_000;
/** A month of ten contracts is some 3,500 requests, most of them for marks that OKX gives by the hundred. */
const PATIENCE_MS = 15 * MINUTE_MS;
/** Of the published limit, for whatever else the same address sends. */
const MARGIN = 80;

declare global {
  interface Window {
    __countedVenues?: Record<string, number>;
  }
}

/** What ten contracts at five venues, and then the report of fifty beside them, cost the worker and the venues. */
export async function workerLoad(stage: Stage): Promise<BenchRow[]> {
  const page = await stage.browser.openExtensionPage('manifest.json');
  const startMs = Date.now();
  const ids = BASES.map((base) => `binance:${base}USDT`);
  await page.evaluate(watchHere, { port: FEED_PORT, messages: ids.map(watchContract) });
  const worker = await attachToWorker(stage.browser);
  const heap = async (): Promise<number> => {
    await worker.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await worker.send('Runtime.getHeapUsage')) as HeapUsage;
    return (usedSize + backingStorageSize) / 1e6;
  };
  let most = 0;
  await until(
    async () => {
      most = Math.max(most, await heap());
      return (await wholeCount(page)) === ids.length ? true : null;
    },
    'ten maps of five venues',
    PATIENCE_MS,
  );
  const wholeMs = Date.now();
  await page.waitForTimeout(MINUTE_MS);
  const settled = await heap();
  const reportMs = Date.now();
  await page.evaluate(watchHere, {
    port: FEED_PORT,
    messages: [{ type: 'watch-report', key: 'report', marketIds: null }],
  });
  await page.waitForTimeout(MINUTE_MS);
  await worker.detach();
  await page.close();
  const minute = (fromMs: number) => venueUse(stage.exchange, FIVE_VENUES, fromMs, fromMs + MINUTE_MS);
  const filling = venueUse(stage.exchange, FIVE_VENUES, startMs, wholeMs);
  return [
    {
      name: 'service worker, 10 contracts x 5 venues',
      unit: 'MB',
      median: settled,
      p99: Math.max(most, settled),
      budget: 40,
      budgetOn: 'median',
      ratio: null,
      note: `JavaScript heap and array buffers after a collection: once settled, and (p99) the most while ${((wholeMs - startMs) / MINUTE_MS).toFixed(1)} minutes of history are filled`,
    },
    ...filling.map((use) => rowOf('back-fill of 10 x 5', use)),
    ...minute(wholeMs).map((use) => rowOf('a minute of 10 x 5', use)),
    ...minute(reportMs).map((use) => rowOf('a minute of 10 x 5 and the report of 50', use)),
  ];
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

const watchContract = (id: string) => ({ type: 'watch-contract', key: id, contractId: id, detail: 'band' });

const wholeCount = (page: Page): Promise<number> =>
  page.evaluate(() => Object.values(window.__countedVenues ?? {}).filter((count) => count === 5).length);

/** Runs in a page of the extension. */
function watchHere({ port, messages }: { readonly port: string; readonly messages: readonly object[] }): void {
  const counted = (window.__countedVenues ??= {});
  const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
  feed.onMessage.addListener(({ key, coverage }) => {
    // As lib/messaging/feed-wire.ts says that it has it.
    feed.postMessage(0);
    if (key !== undefined && coverage) counted[key] = coverage.countedVenues;
  });
  for (const message of messages) feed.postMessage(message);
}

const rowOf = (what: string, { venue, requests, weight, share }: ReturnType<typeof venueUse>[number]): BenchRow => ({
  name: `${what}: ${venue}`,
  unit: '% of limit',
  median: 100 * share,
  p99: 100 * share,
  budget: MARGIN,
  budgetOn: 'median',
  ratio: null,
  note: `busiest window of the published limit that is come closest to; ${requests} requests, weight ${weight}`,
});
