import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CHART_MODES } from '@/tests/pages/client/page-options';

import { chartFrame, recordScaleErrors, settledScaleError, until, waitForBand, withChart } from './chart';
import { GESTURES, switchInversion, switchMode } from './gestures';
import { type Stage, startStage } from './stage';

const PAGES = [
  { site: 'tradingview', tolerancePx: 0.5, hasBasePrice: true, other: 'BINANCE:ETHUSDT.P' },
  { site: 'binance', tolerancePx: 0.5, hasBasePrice: true, other: 'ETHUSDT@PRICETYPE=LAST' },
  // Percent labels alone name no price.
  { site: 'bybit', tolerancePx: 1, hasBasePrice: false, other: 'ETHUSDT' },
] as const;

const ATTEMPTS = 3;

/** What the chart shows where. */
const picture = (frame: Frame) =>
  withChart(frame, (chart) => ({ ...chart.state(), crosshair: null, rect: chart.paneRect() }));

describe.each([1, 1.5, 2])('at %s device pixels per pixel', (deviceScaleFactor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ browser: { deviceScaleFactor }, venues: ['binance'] });
  });
  afterAll(() => stage?.close());

  describe.each(PAGES)('the band on $site', ({ site, tolerancePx, hasBasePrice, other }) => {
    let page: Page;
    let frame: Frame;
    beforeAll(async () => {
      page = await stage.openChart(site);
      frame = await chartFrame(page);
      await waitForBand(page, 'ready');
    });
    afterAll(() => page?.close());

    it.each(CHART_MODES)('has the prices of the chart on a %s scale, upright and inverted', async (mode) => {
      await switchMode(frame, mode);
      if (!hasBasePrice && (mode === 'percent' || mode === 'indexed')) {
        await waitForBand(page, 'hidden');
        return;
      }
      expect(await settledScaleError(frame)).toBeLessThanOrEqual(tolerancePx);
      await switchInversion(frame);
      expect(await settledScaleError(frame)).toBeLessThanOrEqual(tolerancePx);
      await switchInversion(frame);
      expect(await settledScaleError(frame)).toBeLessThanOrEqual(tolerancePx);
    });

    it.each(Object.keys(GESTURES))('has the prices of the chart in every frame of %s and after it', async (gesture) => {
      await switchMode(frame, 'normal');
      await settledScaleError(frame);
      const before = await picture(frame);
      // The page may hide the band for a moment, but not all the time; on a busy machine a gesture has few frames.
      for (let shown = 0, attempt = 0; shown === 0 && attempt < ATTEMPTS; attempt++) {
        const stop = await recordScaleErrors(frame);
        await GESTURES[gesture](page, frame);
        const { worstPx, shownFrames } = await stop();
        expect(await settledScaleError(frame)).toBeLessThanOrEqual(tolerancePx);
        expect(await picture(frame)).not.toEqual(before);
        expect(worstPx).toBeLessThanOrEqual(tolerancePx);
        shown = shownFrames;
        if (attempt === ATTEMPTS - 1) expect(shown).toBeGreaterThan(0);
      }
    });

    it('follows the chart to another symbol', async () => {
      await withChart(frame, (chart, symbol) => chart.setSymbol(symbol), other);
      await until(async () => {
        const { contract } = await waitForBand(page, 'ready');
        return contract === 'binance:ETHUSDT' ? contract : null;
      }, "the other symbol's band");
      expect(await settledScaleError(frame)).toBeLessThanOrEqual(tolerancePx);
    });
  });

  it.runIf(deviceScaleFactor === 1)('finds the main pane below an indicator', async () => {
    const page = await stage.openChart('tradingview', { indicator: 'top', theme: 'light' });
    const frame = await chartFrame(page);
    await waitForBand(page, 'ready');
    expect(await settledScaleError(frame)).toBeLessThanOrEqual(0.5);
    await page.close();
  });
});
