import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { formatDistance } from '@/lib/core/format';
import { usdAround, usdBetween } from '@/lib/market/profile';
import { enterOwn } from '@/scripts/pictures/own-content';

import { until, waitForBand } from './chart';
import { appendScores, BTCUSDT, readProfile } from './extension';
import { alertsPanels, positionsPanels } from './own-shown';
import { type ScoreRows, scoreRows } from './score-rows';
import { scorePanels } from './score-shown';
import {
  diagnosticsPanels,
  listenIn,
  mapPanels,
  marketPanels,
  type Panels,
  popupPanels,
  type Told,
  untilShown,
} from './shown';
import { midBarMs, startStage, type Stage } from './stage';

/** Address of a page of ours, and what it must show of what it is told. */
const PAGES: readonly (readonly [file: string, panelsOf: (told: Told) => Panels])[] = [
  ['popup.html', popupPanels],
  ['dashboard.html', mapPanels],
  ['dashboard.html#market', marketPanels],
  ['dashboard.html#score', (told) => scorePanels(scores)(told)],
  ['dashboard.html#diagnostics', diagnosticsPanels],
  ['dashboard.html#positions', positionsPanels],
  ['dashboard.html#alerts', alertsPanels],
];

let stage: Stage;
let scores: ScoreRows;
beforeAll(async () => {
  stage = await startStage({ exchange: { startMs: midBarMs() } });
  scores = scoreRows(stage.exchange.clock.now());
  expect(await appendScores(stage.browser, scores)).toBe(scores.bars.length + scores.places.length);
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await enterOwn(stage);
});
afterAll(() => stage?.close());

async function open(file: string): Promise<Page> {
  const page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await listenIn(page);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/${file}`);
  return page;
}

it.each(PAGES)('shows on %s what the background told, live and after its worker was killed', async (file, panelsOf) => {
  const page = await open(file);
  // Its star in the popup gives the contract a chip in the dashboard, and its market's row a map.
  if (file === 'popup.html') await page.click('.favourite[aria-pressed="false"]');
  if (file === 'dashboard.html') await page.waitForSelector('.favourite-chips [aria-pressed="true"] >> text=BTCUSDT');
  const told = (newer: (told: Told) => boolean) =>
    untilShown(page, (now) => (now.summary !== undefined && newer(now) ? panelsOf(now) : {}));
  const asOfMs = (now: Told) => now.summary?.summary.asOfMs ?? 0;

  const first = await told(() => true);
  const second = await told((now) => asOfMs(now) > asOfMs(first));
  await stage.browser.killServiceWorker();
  const third = await told((now) => asOfMs(now) > asOfMs(second) + 2_000);
  expect(third.summary?.summary.contractId).toBe(BTCUSDT);
  await page.close();
});

it('reads right of the last bar what the background pushes now, moved as the user likes', async () => {
  const page = await open('dashboard.html');
  const box = (await page.locator('.map-chart').boundingBox())!;
  // Left of axis and profile; a map that was moved follows no bar, and still reads live.
  const x = box.x + box.width - 290;
  await page.mouse.move(x, box.y + 200);
  await page.locator('.map-readout >> text=Live').waitFor();
  await page.mouse.wheel(0, 60);
  await page.waitForSelector('.ladder');
  stage.exchange.clock.pause();
  for (const share of [0.3, 0.7]) {
    await page.mouse.move(x, box.y + share * box.height);
    await until(async () => {
      const { long, short, ...rest } = await readProfile(stage.browser);
      const profile = { ...rest, long: Float64Array.from(long), short: Float64Array.from(short) };
      await page.bringToFront();
      const [price, ...usd] = (await page.locator('.map-readout strong').allInnerTexts()).map(numberOf);
      const near = usdAround(profile, price, 0.001);
      const way = usdBetween(profile, profile.markPrice, price);
      const wanted = [near.long, near.short, price < profile.markPrice ? way.long : way.short];
      // The price is read rounded, so the last figure of a sum may be another.
      const isSame = wanted.every((each, i) => Math.abs(usd[i] - each) <= 0.01 * each + 1);
      const distance = `${formatDistance(price / profile.markPrice - 1, 2)} now`;
      return (isSame && (await page.innerText('.map-readout')).includes(distance)) || null;
    }, 'the live map under the pointer');
  }
  await page.close();
});

/** `60,249.8`, `$41.8M`. */
const numberOf = (text: string): number => {
  const [, figure, unit] = /([\d,.]+)([KMB]?)$/.exec(text)!;
  return Number(figure.replaceAll(',', '')) * ({ K: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1);
};
