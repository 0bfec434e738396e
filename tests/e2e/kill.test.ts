import { afterAll, beforeAll, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';
import { contractId } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import { createBookConfig } from '@/lib/model/book-config';
import { createPositionBook, foldBar, seedPositionBook, serializePositionBook } from '@/lib/model/position-book';
import type { ExtensionBrowser } from '@/scripts/browser';
import { launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { createRandom } from '@/tests/market/synthetic-random';

import { until, waitForBand } from './chart';
import { startStage, type Stage } from './stage';
import { dumpStore, logFromDump, type StoreDump } from './store-dump';

const BTCUSDT = contractId('binance', 'BTCUSDT');
const TABLES = ['bars', 'openInterest', 'seeds', 'riskTiers', 'histories', 'columns', 'checkpoints'] as const;
const KILLS = 20;
/** A five-minute bar every second and a half. */
const SPEED = 200;

let stage: Stage;
let uninterrupted: ExtensionBrowser;

beforeAll(async () => {
  stage = await startStage({ exchange: { speed: SPEED } });
  uninterrupted = await launchBrowser({ extensionDir: CHROME_DIR, port: stage.exchange.port, headless: true });
});
afterAll(async () => {
  await uninterrupted?.close();
  await stage?.close();
});

/** The dump once every bar that has closed is stored, with its open interest. */
const settledDump = (browser: ExtensionBrowser): Promise<StoreDump> =>
  until(async () => {
    const log = await logFromDump(await dumpStore(browser, ['bars', 'openInterest']));
    const boundaryMs = Math.floor(stage.exchange.clock.now() / BAR_MS) * BAR_MS;
    const bars = await log.readBarTimes(BTCUSDT, 0);
    const points = await log.readOpenInterestTimes(BTCUSDT, 0);
    const isWhole = bars.at(-1) === boundaryMs - BAR_MS && points.at(-1) === boundaryMs;
    return isWhole ? dumpStore(browser, TABLES) : null;
  }, 'a whole log');

/** The book that a fresh fold of the stored log gives, up to a time. */
async function freshFold(dump: StoreDump, throughMs: number) {
  const log = await logFromDump(dump);
  const [tiers, startMs, seed] = [
    await log.readRiskTiers(BTCUSDT),
    await log.readHistoryStart(BTCUSDT),
    await log.readSeed(BTCUSDT),
  ];
  if (tiers === null || startMs === null || seed === null) throw new Error('The log lacks a fact');
  const openInterest = await log.readOpenInterest(BTCUSDT, startMs, throughMs + 1);
  const { bars } = joinFoldBars(await log.readBars(BTCUSDT, startMs, throughMs), openInterest, startMs);
  const book = createPositionBook(createBookConfig(tiers));
  seedPositionBook(book, seed, openInterest[0].openInterest);
  for (const bar of bars) foldBar(book, bar);
  return serializePositionBook(book);
}

it(`leaves the levels of an uninterrupted run after ${KILLS} kills at random moments`, async () => {
  const random = createRandom(20);
  const [killedPage, otherPage] = await Promise.all([
    stage.openChart('tradingview'),
    uninterrupted.openPage('https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P'),
  ]);
  let kills = 0;
  while (kills < KILLS) {
    // From the very first moment of the back-fill on; later ones fall into live running.
    await new Promise((resolve) => setTimeout(resolve, 100 + random.next() * (kills < 5 ? 300 : 2_000)));
    if (await stage.browser.killServiceWorker()) kills += 1;
  }
  await waitForBand(killedPage, 'ready');
  await waitForBand(otherPage, 'ready');
  stage.exchange.clock.pause();
  // The last bar's open interest is published some seconds after its end.
  stage.exchange.clock.step(30_000);
  const [killed, whole] = [await settledDump(stage.browser), await settledDump(uninterrupted)];

  for (const table of ['bars', 'openInterest', 'seeds', 'columns'] as const) {
    expect(killed[table]?.length, table).toBe(whole[table]?.length);
    expect(killed[table], table).toEqual(whole[table]);
  }
  expect(killed.columns?.length).toBeGreaterThan(2_000);
  for (const dump of [killed, whole]) {
    const checkpoints = dump.checkpoints ?? [];
    expect(checkpoints.length).toBeGreaterThan(0);
    for (const checkpoint of checkpoints) {
      expect(checkpoint.snapshot).toEqual(await freshFold(dump, Number(checkpoint.throughMs)));
    }
  }
});
