import { cpus } from 'node:os';

import type { Page } from 'playwright-core';

import type { VenueId } from '@/lib/market/contract';
import { FEED_PORT } from '@/lib/messaging/protocol';
import { until } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';
import { crash, CRASH_PER_SECOND } from '@/tests/exchange/crash';

import { type BenchRow, quantile } from '../bench';
import { type Answer, openPopups, takeAnswers, timeWorker, type Way } from './answer-times';
import { beginCoreShares } from './core-shares';
import type { ExtensionGlobals } from './switch-band';
import { attachToWorker } from './worker-session';

export const SIX_VENUES: readonly VenueId[] = ['binance', 'bybit', 'okx', 'gate', 'bitget', 'hyperliquid'];
const CHARTS = 8;
const SECONDS = 20;
const PATIENCE_MS = 300_000;
/** How long popups are opened before the crash, to compare with. */
const CALM_MS = 5_000;

interface CountedVenue {
  readonly venueId: VenueId;
  readonly count: number;
  readonly usd: number;
}

declare global {
  interface Window {
    /** What the board says by now of each venue's last week, and of what was lost. */
    __liquidated?: { venues: CountedVenue[]; lostCount: number };
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
  await timeWorker(stage);
  await openPopups(page);
  await page.waitForTimeout(CALM_MS);
  const calm = await takeAnswers(page, stage);
  const [heapBefore, before] = [await collected(), await liquidated(page)];

  await openPopups(page);
  const heaps: number[] = [];
  const sampling = setInterval(() => void heap().then((mb) => heaps.push(mb)), 1_000);
  const [machineBusy, coreShares] = [busyShare(), await beginCoreShares(stage)];
  const startedMs = performance.now();
  const sent = await crash(stage.exchange, SECONDS);
  const rate = (CRASH_PER_SECOND * SECONDS) / ((performance.now() - startedMs) / 1_000);
  clearInterval(sampling);
  const [busy, shares] = [machineBusy(), await coreShares()];
  const { answers, delaysMs } = await takeAnswers(page, stage);

  const counted = (venueId: VenueId, of: typeof before): CountedVenue =>
    of?.venues.find((venue) => venue.venueId === venueId) ?? { venueId, count: 0, usd: 0 };
  const wrong = (now: typeof before): string[] =>
    Object.entries(sent).flatMap(([id, { count, usd }]) => {
      const [was, is] = [counted(id as VenueId, before), counted(id as VenueId, now)];
      const [countedCount, countedUsd] = [is.count - was.count, is.usd - was.usd];
      // What else was liquidated meanwhile is counted too: some dozens.
      const isAll = countedCount >= count && countedUsd > usd - 0.01 * count;
      const isOnce = countedCount < 1.01 * count;
      return isAll && isOnce
        ? []
        : [`${id}: of ${count} liquidations ${countedCount} counted, of ${usd} USD ${countedUsd}`];
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
  const figuresOf = (way: Way, msOf: (answer: Answer) => number, of = answers) =>
    of.filter((answer) => answer.way === way).map(msOf);
  const rowOf = (what: string, way: Way, msOf: typeof wholeMs, budget: number | null, note: string): BenchRow => {
    const figures = figuresOf(way, msOf);
    const before = quantile(figuresOf(way, msOf, calm.answers), 0.5);
    return {
      name: `${name}: ${what}`,
      unit: 'ms',
      median: quantile(figures, 0.5),
      p99: quantile(figures, 0.99),
      budget,
      budgetOn: 'p99',
      ratio: { against: 'before it', value: quantile(figures, 0.5) / before },
      note: `${figures.length} times, longest ${Math.max(...figures).toFixed(0)} ms; ${note}`,
    };
  };
  return [
    rowOf(
      'a question of an open popup, to its answer',
      'ask',
      wholeMs,
      200,
      `${Math.round(rate).toLocaleString('en')} events a second were sent; all ${all.toLocaleString('en')} liquidations counted and stored; the machine was ${(100 * busy).toFixed(0)} % busy: ${shares}`,
    ),
    rowOf('of it on the way to the worker', 'ask', thereMs, null, 'from the question sent to its being heard'),
    rowOf('of it in the worker', 'ask', workerMs, null, 'from the question heard to the figures told'),
    rowOf('of it on the way back', 'ask', backMs, null, 'from the figures told to their being heard'),
    rowOf('figures of a popup that opens', 'open', wholeMs, null, 'its port is opened for it'),
    {
      name: `${name}: delay of the worker's timers`,
      unit: 'ms',
      median: quantile(delaysMs, 0.5),
      p99: quantile(delaysMs, 0.99),
      budget: null,
      budgetOn: 'p99',
      ratio: { against: 'before it (p99)', value: quantile(delaysMs, 0.99) / quantile(calm.delaysMs, 0.99) },
      note: 'what a question waits for before it is heard, be it the worker or the machine that is busy',
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

const wholeMs = ({ askedMs, hadMs }: Answer): number => hadMs - askedMs;
const thereMs = ({ askedMs, heardMs }: Answer): number => heardMs - askedMs;
const backMs = ({ toldMs, hadMs }: Answer): number => hadMs - toldMs;
const workerMs = ({ heardMs, toldMs }: Answer): number => toldMs - heardMs;

/** Begins to measure; what it returns tells the share of all cores that was used since. */
function busyShare(): () => number {
  const read = () =>
    cpus().reduce(
      ({ idle, all }, { times }) => ({
        idle: idle + times.idle,
        all: all + times.user + times.nice + times.sys + times.idle + times.irq,
      }),
      { idle: 0, all: 0 },
    );
  const from = read();
  return () => {
    const to = read();
    return 1 - (to.idle - from.idle) / (to.all - from.all);
  };
}

const liquidated = (page: Page) => page.evaluate(() => window.__liquidated);

/** Runs in a page of the extension. */
function watchBoardHere(port: string): void {
  const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
  feed.onMessage.addListener((message) => {
    // As lib/messaging/feed-wire.ts says that it has it.
    feed.postMessage(0);
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
  feed.postMessage({ type: 'watch-liquidations', key: 'board', minUsd: 1e6 });
}
