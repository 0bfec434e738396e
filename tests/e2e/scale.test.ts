import { isDeepStrictEqual } from 'node:util';

import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CHART_MODES, type ChartMode } from '@/tests/pages/client/page-options';

import { chartFrame, recordScaleErrors, restore, settledScaleError, until, waitForBand, withChart } from './chart';
import { GESTURES } from './gestures';
import { createScaleTable } from './scale-table';
import { type Stage, startStage } from './stage';

interface Engine {
  readonly name: string;
  readonly site: 'tradingview' | 'binance' | 'bybit' | 'gate';
  readonly query?: Readonly<Record<string, string>>;
  readonly tolerancePx: number;
  /** In which the axis names prices, or an API tells them; in every other the band has to hide. */
  readonly modes: readonly ChartMode[];
  readonly other: string;
}

const PERPETUAL = 'ETHUSDT@PRICETYPE=LAST';
const ENGINES: readonly Engine[] = [
  { name: 'API, page', site: 'tradingview', tolerancePx: 0.5, modes: CHART_MODES, other: 'BINANCE:ETHUSDT.P' },
  { name: 'API, blob: frame', site: 'binance', tolerancePx: 0.5, modes: CHART_MODES, other: PERPETUAL },
  {
    name: 'API of v31, about:blank frame',
    site: 'binance',
    query: { frame: 'written-late', build: '31' },
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other: PERPETUAL,
  },
  {
    name: 'API of 2020, html frame',
    site: 'binance',
    query: { frame: 'html', build: '2020', legend: 'off' },
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other: PERPETUAL,
  },
  // Percent labels alone name no price.
  { name: 'labels, lightweight-charts', site: 'bybit', tolerancePx: 1, modes: ['normal', 'log'], other: 'ETHUSDT' },
  // The library puts ticks on whole pixels, and so do its own answers.
  { name: 'labels, KLineChart', site: 'gate', tolerancePx: 2, modes: ['normal', 'log'], other: 'ETH_USDT' },
];

const RATIOS = [1, 1.5, 2] as const;
const SIDES = [false, true] as const;
const NAMES = Object.keys(GESTURES);

/** What the chart shows where. */
const picture = (frame: Frame) =>
  withChart(frame, (chart) => ({ ...chart.state(), crosshair: null, rect: chart.paneRect() }));

const table = createScaleTable([...CHART_MODES, ...NAMES]);
afterAll(() => console.log(table.text()));

describe.each(RATIOS)('at %s device pixels per pixel', (ratio) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ browser: { deviceScaleFactor: ratio }, venues: ['binance'] });
  });
  afterAll(() => stage?.close());

  it.each(ENGINES.map((engine, index) => ({ ...engine, index })))(
    'stands where the chart has its prices, at rest and in every frame: $name',
    async ({ name, site, query, tolerancePx, modes, other, index }) => {
      const page = await stage.openChart(site, query);
      const frame = await chartFrame(page);
      await waitForBand(page, 'ready');
      const row = table.row(`${name}, ${ratio}`, tolerancePx);
      // Every mode and side with a gesture or two, others for every engine and ratio.
      let next = index + 2 * RATIOS.indexOf(ratio);
      let shownFrames = 0;
      for (const [i, mode] of modes.entries()) {
        // All of it at one ratio, at the others every mode on the one side or the other.
        const sides = ratio === 1 ? SIDES : [SIDES[(i + next) % 2]];
        for (const isInverted of sides) {
          await restore(frame, mode, isInverted);
          row.note(mode, await settledScaleError(frame));
          const gesture = NAMES[next++ % NAMES.length];
          const before = await picture(frame);
          const stop = await recordScaleErrors(frame, tolerancePx);
          await GESTURES[gesture](page, frame);
          const errors = await stop();
          shownFrames += errors.shownFrames;
          await until(async () => (isDeepStrictEqual(await picture(frame), before) ? null : true), `${gesture} to act`);
          row.note(gesture, Math.max(errors.worstPx, await settledScaleError(frame)), errors.lagFrames);
        }
      }
      for (const mode of CHART_MODES.filter(
        (each) => !modes.includes(each) && (site !== 'gate' || each !== 'indexed'),
      )) {
        await restore(frame, mode, false);
        await waitForBand(page, 'hidden');
        row.hide(mode);
      }
      await restore(frame, 'normal', false);
      await switchSymbol(page, frame, other);
      row.note('normal', await settledScaleError(frame));
      await page.close();
      // The page may hide the band for a moment, but not all the time.
      expect(shownFrames).toBeGreaterThan(0);
      expect(row.faults()).toEqual([]);
    },
  );

  it.runIf(ratio === 1)('finds the main pane below an indicator', async () => {
    const page = await stage.openChart('tradingview', { indicator: 'top', theme: 'light' });
    const frame = await chartFrame(page);
    await waitForBand(page, 'ready');
    expect(await settledScaleError(frame)).toBeLessThanOrEqual(0.5);
    await page.close();
  });
});

async function switchSymbol(page: Page, frame: Frame, other: string): Promise<void> {
  await withChart(frame, (chart, symbol) => chart.setSymbol(symbol), other);
  await until(async () => {
    const { contract } = await waitForBand(page, 'ready');
    return contract === 'binance:ETHUSDT' ? contract : null;
  }, "the other symbol's band");
}
