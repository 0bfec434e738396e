import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { ExtensionBrowser } from '@/scripts/browser';
import { attachToWorker } from '@/tests/bench/browser/worker-session';

/** What must not grow, at one moment. */
export interface Sample {
  /** Of the venues' time, since the start. */
  readonly hours: number;
  /** JavaScript heap and array buffers of the worker after a collection, MB. */
  readonly workerMb: number;
  readonly workerTimers: number;
  /** Abort signals alive in the worker: what listens, polls or waits holds one. */
  readonly workerSignals: number;
  readonly ports: number;
  readonly sockets: number;
  /** Of the chart's page, our band's included. */
  readonly pageMb: number;
  readonly pageListeners: number;
  readonly pageNodes: number;
  /** What the browser says that the extension stores, MB; its files are swept by turns. */
  readonly storedMb: number;
  /** Rows of all its tables but columns: of these as many go as come from the sixth day on, which would hide what grows. */
  readonly storedRows: number;
}

const SWEEP_MS = 300;

interface WorkerGlobals {
  soak: { timers: Set<unknown>; ports: number };
}

/** Counts from now on; before anything is watched. */
export async function countInWorker({ context }: ExtensionBrowser): Promise<void> {
  await context.serviceWorkers()[0].evaluate(countHere);
}

/** Runs in the worker. */
function countHere(): void {
  const scope = globalThis as unknown as WorkerGlobals & {
    chrome: {
      runtime: {
        onConnect: {
          addListener(listener: (port: { onDisconnect: { addListener(l: () => void): void } }) => void): void;
        };
      };
    };
  };
  const counted = (scope.soak = { timers: new Set(), ports: 0 });
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  globalThis.setTimeout = ((callback: () => void, delayMs?: number) => {
    const timer = start(() => {
      counted.timers.delete(timer);
      callback();
    }, delayMs);
    counted.timers.add(timer);
    return timer;
  }) as typeof start;
  globalThis.clearTimeout = ((timer?: ReturnType<typeof start>) => {
    counted.timers.delete(timer);
    stop(timer);
  }) as typeof stop;
  scope.chrome.runtime.onConnect.addListener((port) => {
    counted.ports += 1;
    port.onDisconnect.addListener(() => void (counted.ports -= 1));
  });
}

/** Reads the gauges of a worker that lives throughout, and of a chart. */
export async function createGauges(browser: ExtensionBrowser, chart: Page, openSockets: () => number) {
  const worker = await attachToWorker(browser);
  const page = await browser.context.newCDPSession(chart);
  await page.send('Performance.enable');

  const liveCount = async (expression: string): Promise<number> => {
    const prototype = (await worker.send('Runtime.evaluate', { expression })) as { result: { objectId: string } };
    const found = (await worker.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId,
      objectGroup: 'soak',
    })) as { objects: { objectId: string } };
    const length = (await worker.send('Runtime.callFunctionOn', {
      objectId: found.objects.objectId,
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    })) as { result: { value: number } };
    await worker.send('Runtime.releaseObjectGroup', { objectGroup: 'soak' });
    return length.result.value;
  };

  return {
    async read(hours: number): Promise<Sample> {
      await worker.send('HeapProfiler.collectGarbage');
      // Buffers that were collected are given back by another thread.
      await setTimeout(SWEEP_MS);
      await worker.send('HeapProfiler.collectGarbage');
      const heap = (await worker.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
      const [own] = browser.context.serviceWorkers();
      const counted = await own.evaluate(async () => {
        const { soak } = globalThis as unknown as WorkerGlobals;
        const { usage } = await navigator.storage.estimate();
        return { timers: soak.timers.size, ports: soak.ports, storedMb: (usage ?? NaN) / 1e6 };
      });
      const storedRows = await own.evaluate(countRowsHere);
      await page.send('HeapProfiler.collectGarbage');
      const { metrics } = await page.send('Performance.getMetrics');
      const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
      return {
        hours,
        workerMb: (heap.usedSize + (heap.backingStorageSize ?? 0)) / 1e6,
        workerTimers: counted.timers,
        workerSignals: await liveCount('AbortSignal.prototype'),
        ports: counted.ports,
        sockets: openSockets(),
        pageMb: metric('JSHeapUsedSize') / 1e6,
        pageListeners: metric('JSEventListeners'),
        pageNodes: metric('Nodes'),
        storedMb: counted.storedMb,
        storedRows,
      };
    },
  };
}

/** Runs in the worker. */
async function countRowsHere(): Promise<number> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  const database = await answer(indexedDB.open('liqband'));
  const names = [...database.objectStoreNames].filter((name) => name !== 'columns');
  const reading = database.transaction(names);
  const counts = await Promise.all(names.map((name) => answer(reading.objectStore(name).count())));
  database.close();
  return counts.reduce((sum, count) => sum + count, 0);
}
