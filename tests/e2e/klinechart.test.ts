import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chartFrame, recordScaleErrors, settledScaleError, waitForBand, withChart } from './chart';
import { GESTURES } from './gestures';
import { startStage, type Stage } from './stage';

/** The library puts ticks on whole pixels, and so do its own answers. */
const TOLERANCE_PX = 2;

describe.each([1, 2])('a chart of KLineChart at %s device pixels per pixel', (deviceScaleFactor) => {
  let stage: Stage;
  let page: Page;
  let frame: Frame;
  beforeAll(async () => {
    stage = await startStage({ browser: { deviceScaleFactor }, venues: ['gate'] });
    page = await stage.openChart('gate');
    frame = await chartFrame(page);
    await waitForBand(page, 'ready');
  });
  afterAll(() => stage?.close());

  it.each(['normal', 'log'] as const)('has a band with its prices on a %s axis, upright and inverted', async (mode) => {
    await withChart(frame, (chart, name) => chart.setMode(name as 'normal'), mode);
    await withChart(frame, (chart) => chart.setInverted(true));
    expect(await settledScaleError(frame)).toBeLessThanOrEqual(TOLERANCE_PX);
    await withChart(frame, (chart) => chart.setInverted(false));
    expect(await settledScaleError(frame)).toBeLessThanOrEqual(TOLERANCE_PX);
  });

  it.each(['zooming with the wheel', 'panning'])('has its prices in every frame of %s', async (gesture) => {
    const stop = await recordScaleErrors(frame);
    await GESTURES[gesture](page, frame);
    const { worstPx } = await stop();
    expect(worstPx).toBeLessThanOrEqual(TOLERANCE_PX);
    expect(await settledScaleError(frame)).toBeLessThanOrEqual(TOLERANCE_PX);
  });

  it('hides on percentages, which name no price', async () => {
    await withChart(frame, (chart) => chart.setMode('percent'));
    await waitForBand(page, 'hidden');
  });
});
