import { afterAll, beforeAll, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { type ExtensionBrowser, launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { createRandom } from '@/tests/market/synthetic-random';
import { PAGE_URLS } from '@/tests/pages/chart-pages';

import { waitForBand } from './chart';
import { barFaults, hasBegun, readWholeStore } from './extension';
import { countOnly, passFirstRun, startStage, type Stage } from './stage';

const KILLS = 20;
/** Of these, in the back-fill at the venue's real pace: both browsers must begin within the same hour. */
const EARLY_KILLS = 5;
/** Then a five-minute bar closes every second and a half. */
const SPEED = 200;

let stage: Stage;
let uninterrupted: ExtensionBrowser;

beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
  uninterrupted = await launchBrowser({ extensionDir: CHROME_DIR, port: stage.exchange.port, headless: true });
  await passFirstRun(uninterrupted);
  await countOnly(uninterrupted, ['binance']);
});
afterAll(async () => {
  await uninterrupted?.close();
  await stage?.close();
});

it(`leaves the levels of an uninterrupted run after ${KILLS} kills at random moments`, async () => {
  const random = createRandom(20);
  const { clock } = stage.exchange;
  const intoHourMs = clock.now() % HOUR_MS;
  // History starts at a full hour: the venue's, or the machine's where a kill takes the answer of the venue away.
  if (intoHourMs > HOUR_MS - 10 * MINUTE_MS) clock.step(-20 * MINUTE_MS);
  const [killedPage, otherPage] = await Promise.all([
    stage.openChart('tradingview'),
    uninterrupted.openPage(PAGE_URLS.tradingview),
  ]);
  let kills = 0;
  while (kills < KILLS) {
    // From the very first moment of the back-fill on; later ones fall into live running.
    await new Promise((resolve) => setTimeout(resolve, 100 + random.next() * (kills < EARLY_KILLS ? 300 : 2_000)));
    if (await stage.browser.killServiceWorker()) kills += 1;
    if (kills !== EARLY_KILLS || clock.speed === SPEED) continue;
    await Promise.all([hasBegun(stage.browser), hasBegun(uninterrupted)]);
    clock.setSpeed(SPEED);
  }
  await waitForBand(killedPage, 'ready');
  await waitForBand(otherPage, 'ready');
  clock.pause();
  // The last bar's open interest is published some seconds after its end: of the bar that such a step ends, too.
  clock.step(30_000);
  if (clock.now() % BAR_MS < 30_000) clock.step(30_000);
  const killed = await readWholeStore(stage.browser, stage.exchange);
  const whole = await readWholeStore(uninterrupted, stage.exchange);

  expect(barFaults(killed)).toEqual({ missing: 0, doubled: 0 });
  const { checkpoints: killedCheckpoints, ...killedLog } = killed;
  const { checkpoints: wholeCheckpoints, ...wholeLog } = whole;
  expect(killedLog).toEqual(wholeLog);
  expect(killed.columnCount).toBeGreaterThan(2_000);
  expect(killed.minutesCount).toBeGreaterThan(200);
  for (const checkpoints of [killedCheckpoints, wholeCheckpoints]) {
    expect(checkpoints.length).toBeGreaterThan(0);
    expect(checkpoints.filter(({ isFreshFold }) => !isFreshFold)).toEqual([]);
  }
});
