import { FEED_PORT } from '@/lib/messaging/protocol';
import { until } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';

import type { BenchRow } from '../bench';
import type { ExtensionGlobals } from './switch-band';
import { attachToWorker } from './worker-session';

const CONTRACTS = 10;
const PATIENCE_MS = 90_000;

declare global {
  interface Window {
    __seenKeys?: Set<string>;
  }
}

/** What the service worker holds while ten contracts are watched and each has its map. */
export async function workerHeap(stage: Stage): Promise<BenchRow> {
  const ids = Array.from(stage.exchange.listings.keys(), (symbol) => `binance:${symbol}`).slice(0, CONTRACTS);
  const page = await stage.browser.openExtensionPage('manifest.json');
  await page.evaluate(watchHere, { port: FEED_PORT, ids });
  await until(
    async () => ((await page.evaluate(() => window.__seenKeys?.size ?? 0)) === ids.length ? true : null),
    'ten maps',
    PATIENCE_MS,
  );
  const worker = await attachToWorker(stage.browser);
  await worker.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await worker.send('Runtime.getHeapUsage')) as { usedSize: number };
  await worker.detach();
  await page.close();
  const megabytes = usedSize / 1e6;
  return {
    name: `service worker heap, ${ids.length} contracts`,
    unit: 'MB',
    median: megabytes,
    p99: megabytes,
    budget: 40,
    budgetOn: 'median',
    ratio: null,
    note: 'JavaScript heap after a collection; every venue that lists them is followed, the budget is for five',
  };
}

/** Runs in a page of the extension. */
function watchHere({ port, ids }: { readonly port: string; readonly ids: readonly string[] }): void {
  const seen = (window.__seenKeys = new Set<string>());
  const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
  feed.onMessage.addListener(({ type, key }) => {
    if (type === 'profile' && key !== undefined) seen.add(key);
  });
  feed.postMessage({ type: 'hello', probe: new Float32Array(1) });
  for (const id of ids) feed.postMessage({ type: 'watch-contract', key: id, contractId: id, detail: 'band' });
}
