import { afterAll, beforeAll, expect, it } from 'vitest';

import { chartFrame, recordScaleErrors, settledScaleError, until, waitForBand, withChart } from './chart';
import { startStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'], browser: { deviceScaleFactor: 1.5 } });
});
afterAll(() => stage?.close());

it.each(['one', 'beside'])('stands in the pane of a chart that has its axis on %s canvas', async (original) => {
  const page = await stage.openChart('binance', { original });
  const frame = await chartFrame(page);
  const { contract } = await waitForBand(page, 'ready');
  expect(contract).toBe('binance:BTCUSDT');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(1);
  const pane = await withChart(frame, (chart) => chart.paneRect());
  const band = await frame.locator('liqband-band').boundingBox();
  const [right, bottom] = [(band?.x ?? 0) + (band?.width ?? 0), (band?.y ?? 0) + (band?.height ?? 0)];
  // Up to the axis's labels, and not a pixel into what is drawn below the pane.
  expect(Math.abs(right - pane.x - pane.width)).toBeLessThanOrEqual(8);
  expect(bottom).toBeLessThanOrEqual(pane.y + pane.height);
  expect(bottom).toBeGreaterThan(pane.y + 0.8 * pane.height);

  // Its own ticks move it, and a resize.
  stage.exchange.clock.setSpeed(8);
  const stop = await recordScaleErrors(frame, 1);
  const price = await withChart(frame, (chart) => chart.lastPrice());
  await until(async () => ((await withChart(frame, (chart) => chart.lastPrice())) === price ? null : true), 'a tick');
  await page.setViewportSize({ width: 1000, height: 560 });
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(1);
  const { shownFrames, lagFrames } = await stop();
  stage.exchange.clock.setSpeed(1);
  expect(shownFrames).toBeGreaterThan(0);
  expect(lagFrames).toBe(0);
  await page.close();
});

it('reads KLineChart where it stands in that box', async () => {
  const page = await stage.openChart('binance', { original: 'klinecharts' });
  const frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(2);
  await page.close();
});

it('reads it where the charting library waits beside it, in a frame that is not displayed', async () => {
  const page = await stage.openChart('binance', { original: 'one' });
  await page.addInitScript(() => {
    if (window !== window.top) return;
    document.addEventListener('DOMContentLoaded', () => {
      const hidden = document.createElement('iframe');
      hidden.style.display = 'none';
      document.body.append(hidden);
      Object.assign(hidden.contentWindow ?? {}, { tradingViewApi: { activeChart: () => ({}) } });
    });
  });
  await page.reload();
  const frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(1);
  await page.close();
});
