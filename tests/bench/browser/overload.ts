import type { Page } from 'playwright-core';

import type { VenueId } from '@/lib/market/contract';
import { FEED_PORT } from '@/lib/messaging/protocol';
import { until } from '@/tests/e2e/chart';
import { BTCUSDT } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';
import { crash, CRASH_PER_SECOND } from '@/tests/exchange/crash';

import { type BenchRow, quantile } from '../bench';
import type { ExtensionGlobals } from './switch-band';
import { attachToWorker } from './worker-session';

export const SIX_VENUES: readonly VenueId[] = ['binance', 'bybit', 'okx', 'gate', 'bitget', 'hyperliquid'];
const CHARTS = 8;
const SECONDS = 20;
const PATIENCE_MS = 300_000;

interface CountedVenue {
  readonly venueId: VenueId;
  readonly count: number;
  readonly usd: number;
}

declare global {
  interface Window {
    /** What the board says by now of each venue's last week, and of what was lost. */
    __liquidated?: { venues: CountedVenue[]; lostCount: number };
    /** How long each opened popup waited for its figures. */
    __openings?: number[];
  }
}

/** A crash: 20,000 events a second of six venues under eight charts, a popup opened all the while, and what became of the sums. */
export async function overload(stage: Stage): Promise<BenchRow[]> {
  const chart = await stage.openChart('tradingview', { charts: String(CHARTS) });
  const ready = chart.locator('liqband-band[data-state="ready"]');
  await until(async () => ((await ready.count()) === CHARTS ? true : null), `${CHARTS} bands`, PATIENCE_MS);
  const page = await stage.browser.openExtensionPage('manifest.json');
  await page.evaluate(watchBoardHere, FEED_PORT);
  await until(async () => ((await liquidated(page))?.venues.length === SIX_VENUES.length ? true : null), 'a board');
  const worker = await attachToWorker(stage.browser);
  const heap = async (): Promise<number> => {
    const { usedSize, backingStorageSize = 0 } = (await worker.send('Runtime.getHeapUsage')) as Record<string, number>;
    return (usedSize + backingStorageSize) / 1e6;
  };
  const collected = async (): Promise<number> => {
    await worker.send('HeapProfiler.collectGarbage');
    return heap();
  };
  const [heapBefore, before] = [await collected(), await liquidated(page)];

  await page.evaluate(openPopupsHere, { port: FEED_PORT, contractId: BTCUSDT });
  const heaps: number[] = [];
  const sampling = setInterval(() => void heap().then((mb) => heaps.push(mb)), 1_000);
  const startedMs = performance.now();
  const sent = await crash(stage.exchange, SECONDS);
  const rate = (CRASH_PER_SECOND * SECONDS) / ((performance.now() - startedMs) / 1_000);
  clearInterval(sampling);
  const openings = await page.evaluate(() => {
    const all = window.__openings ?? [];
    delete window.__openings;
    return all;
  });

  const counted = (venueId: VenueId, of: typeof before): CountedVenue =>
    of?.venues.find((venue) => venue.venueId === venueId) ?? { venueId, count: 0, usd: 0 };
  const wrong = (now: typeof before): string[] =>
    Object.entries(sent).flatMap(([id, { count, usd }]) => {
      const [was, is] = [counted(id as VenueId, before), counted(id as VenueId, now)];
      // What else was liquidated meanwhile is counted too: some dozens.
      const isAll = is.count - was.count >= count && is.usd - was.usd > usd - 0.01 * count;
      return isAll
        ? []
        : [`${id}: of ${count} liquidations ${is.count - was.count} counted, of ${usd} USD ${is.usd - was.usd}`];
    });
  // What was sent last may still wait on a busy machine; nothing of it may be lost.
  await until(async () => (wrong(await liquidated(page)).length === 0 ? true : null), 'all sums', 60_000).catch(
    async () => {
      throw new Error(wrong(await liquidated(page)).join('; '));
    },
  );
  const lostCount = (await liquidated(page))?.lostCount ?? NaN;
  if (lostCount > 0) throw new Error(`${lostCount} liquidations were not stored`);
  const heapAfter = await collected();
  await worker.detach();
  await page.close();
  await chart.close();
  const all = Object.values(sent).reduce((sum, { count }) => sum + count, 0);
  const name = `crash: ${CRASH_PER_SECOND.toLocaleString('en')} events a second, ${CHARTS} charts, ${SIX_VENUES.length} venues`;
  return [
    {
      name: `${name}: figures of a popup that opens`,
      unit: 'ms',
      median: quantile(openings, 0.5),
      p99: quantile(openings, 0.99),
      budget: 200,
      budgetOn: 'p99',
      ratio: null,
      note: `${openings.length} openings in ${SECONDS} s; ${Math.round(rate).toLocaleString('en')} events a second were sent; all ${all.toLocaleString('en')} liquidations counted and stored`,
    },
    {
      name: `${name}: memory of the worker`,
      unit: 'MB',
      median: heapAfter,
      p99: Math.max(...heaps),
      budget: null,
      budgetOn: 'p99',
      ratio: { against: 'before it', value: heapAfter / heapBefore },
      note: 'JavaScript heap and array buffers: after it, collected, and (p99) the most during it, with garbage',
    },
  ];
}

const liquidated = (page: Page) => page.evaluate(() => window.__liquidated);

/** Runs in a page of the extension. */
function watchBoardHere(port: string): void {
  const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
  feed.onMessage.addListener((message) => {
    const { board } = message as {
      board?: {
        lostCount: number;
        venues: {
          venueId: VenueId;
          sums: { longCount: number; shortCount: number; longUsd: number; shortUsd: number }[];
        }[];
      };
    };
    if (board === undefined) return;
    window.__liquidated = {
      lostCount: board.lostCount,
      venues: board.venues.map(({ venueId, sums }) => {
        const week = sums.at(-1) ?? { longCount: 0, shortCount: 0, longUsd: 0, shortUsd: 0 };
        return { venueId, count: week.longCount + week.shortCount, usd: week.longUsd + week.shortUsd };
      }),
    };
  });
  feed.postMessage({ type: 'hello', probe: new Float32Array(1) });
  feed.postMessage({ type: 'watch-liquidations', key: 'board', minUsd: 1e6 });
}

/** Runs in a page of the extension: what a popup asks when it opens, one after the other, until `__openings` is taken. */
function openPopupsHere({ port, contractId }: { readonly port: string; readonly contractId: string }): void {
  const openings: number[] = [];
  window.__openings = openings;
  const open = (): void => {
    if (window.__openings !== openings) return;
    const startedMs = performance.now();
    const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
    feed.onMessage.addListener((message) => {
      if ((message as { type?: string }).type !== 'summary') return;
      openings.push(performance.now() - startedMs);
      feed.disconnect();
      setTimeout(open, 50);
    });
    feed.postMessage({ type: 'hello', probe: new Float32Array(1) });
    feed.postMessage({ type: 'watch-contract', key: 'popup', contractId, detail: 'summary' });
  };
  open();
}
