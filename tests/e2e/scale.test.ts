import { isDeepStrictEqual } from 'node:util';

import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CHART_MODES, type ChartMode } from '@/tests/pages/client/page-options';
import type { PageSite } from '@/tests/pages/page-html';

import {
  chartFrame,
  panePoint,
  recordScaleErrors,
  restore,
  settledScaleError,
  until,
  waitForBand,
  withChart,
} from './chart';
import { GESTURES } from './gestures';
import { createScaleTable } from './scale-table';
import { type Stage, startStage } from './stage';

interface Engine {
  readonly name: string;
  readonly site: PageSite;
  readonly query?: Readonly<Record<string, string>>;
  readonly tolerancePx: number;
  /** Those that the engine knows. */
  readonly modes: readonly ChartMode[];
  readonly other: string;
  /** One engine on one more site: looked at once, unless all is wanted. */
  readonly isMore?: boolean;
}

const PERPETUAL = 'ETHUSDT@PRICETYPE=LAST';
const ENGINES: readonly Engine[] = [
  {
    name: 'tradingview.com, API',
    site: 'tradingview',
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other: 'BINANCE:ETHUSDT.P',
  },
  { name: 'binance.com, API, blob: frame', site: 'binance', tolerancePx: 0.5, modes: CHART_MODES, other: PERPETUAL },
  {
    name: 'binance.com, API of v31, about:blank frame',
    site: 'binance',
    query: { frame: 'written-late', build: '31' },
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other: PERPETUAL,
  },
  {
    name: 'binance.com, API of 2020, html frame',
    site: 'binance',
    query: { frame: 'html', build: '2020', legend: 'off' },
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other: PERPETUAL,
  },
  {
    name: 'bybit.com, labels of lightweight-charts',
    site: 'bybit',
    tolerancePx: 1,
    modes: CHART_MODES,
    other: 'ETHUSDT',
  },
  // The library puts ticks on whole pixels, and so do its own answers.
  {
    name: 'gate.com, labels of KLineChart',
    site: 'gate',
    tolerancePx: 2,
    modes: ['normal', 'log', 'percent'],
    other: 'ETH_USDT',
  },
  ...(['copied', 'grouped'] as const).map((labels) => ({
    name: `bybit.com, labels ${labels === 'copied' ? 'drawn elsewhere and copied' : 'grouped by a point alone'}`,
    site: 'bybit' as const,
    query: { labels },
    tolerancePx: 1,
    modes: ['normal', 'log'] as const,
    other: 'ETHUSDT',
    isMore: true,
  })),
  ...(
    [
      ['okx', 'okx.com', 'ETH-USDT-SWAP'],
      ['bitget', 'bitget.com', 'ETHUSDT'],
      ['hyperliquid', 'hyperliquid.xyz', 'ETH'],
    ] as const
  ).map(([site, host, other]) => ({
    name: `${host}, API, blob: frame`,
    site,
    tolerancePx: 0.5,
    modes: CHART_MODES,
    other,
    isMore: true,
  })),
];
/** Every mode, side and gesture of every engine at every ratio; else each of them in turns. */
const IS_WHOLE = process.env['LIQBAND_MATRIX'] === 'whole';

/** How fast the market's time passes while a base is looked for, and how long that may take where its price stands still. */
const HURRY = 4;
const BASE_MS = 60_000;
const RATIOS = [1, 1.5, 2] as const;
const SIDES = [false, true] as const;
const NAMES = Object.keys(GESTURES);
const VIEWPORT = { width: 1200, height: 680 };

/** What the chart shows where. */
const picture = (frame: Frame) =>
  withChart(frame, (chart) => ({ ...chart.state(), crosshair: null, rect: chart.paneRect() }));

const table = createScaleTable([...CHART_MODES, 'at rest', ...NAMES, 'symbol switch']);
afterAll(() => console.log(`${IS_WHOLE ? `${table.whole()}\n\n` : ''}${table.byEngine()}`));

describe.each(RATIOS)('at %s device pixels per pixel', (ratio) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({
      browser: { deviceScaleFactor: ratio, viewport: VIEWPORT },
      venues: ['binance', 'bybit', 'gate'],
    });
  });
  afterAll(() => stage?.close());

  it.each(
    ENGINES.map((engine, index) => ({ ...engine, index })).filter(({ isMore }) => IS_WHOLE || ratio === 1 || !isMore),
  )(
    'stands where the chart has its prices, at rest and in every frame: $name',
    async ({ name, site, query, tolerancePx, modes, other, index, isMore = false }) => {
      const page = await stage.openChart(site, query);
      const frame = await chartFrame(page);
      await waitForBand(page, 'ready');
      const place = (mode: ChartMode, isInverted: boolean, action: string) => ({
        engine: name,
        ratio,
        mode,
        isInverted,
        action,
      });
      // Labels tell no base before the price has moved: done quickly, and in fewer turns.
      const needsBase = (mode: ChartMode): boolean => name.includes('labels') && ['percent', 'indexed'].includes(mode);
      const rested = async (mode: ChartMode): Promise<number> => {
        if (!needsBase(mode)) return settledScaleError(frame);
        stage.exchange.clock.setSpeed(HURRY);
        const error = await settledScaleError(frame, BASE_MS);
        stage.exchange.clock.setSpeed(1);
        return error;
      };
      let next = index + 2 * RATIOS.indexOf(ratio);
      let shownFrames = 0;
      const act = async (mode: ChartMode, isInverted: boolean, gesture: string): Promise<void> => {
        await restore(frame, mode, isInverted);
        const atRest = await rested(mode);
        table.note(place(mode, isInverted, 'at rest'), atRest);
        const before = await picture(frame);
        const stop = await recordScaleErrors(frame, tolerancePx);
        await GESTURES[gesture](page, frame);
        // A gesture may end in the frame for which the band hides.
        if (!needsBase(mode)) await settledScaleError(frame);
        const errors = await stop();
        shownFrames += errors.shownFrames;
        await until(async () => (isDeepStrictEqual(await picture(frame), before) ? null : true), `${gesture} to act`);
        const worstPx = Math.max(errors.worstPx, await rested(mode));
        table.note(place(mode, isInverted, gesture), worstPx, errors.lagFrames);
        await page.setViewportSize(VIEWPORT);
      };
      for (const [i, mode] of modes.entries()) {
        if (isMore && !IS_WHOLE && i > 0) break;
        if (needsBase(mode) && !IS_WHOLE && ratio > 1) break;
        // In turns: all of it at one ratio, at the others every mode on the one side or the other.
        const isEvery = ratio === 1 && !isMore && !needsBase(mode);
        const sides = IS_WHOLE || isEvery ? SIDES : [SIDES[(i + next) % 2]];
        for (const isInverted of sides) {
          const gestures = IS_WHOLE ? NAMES : [NAMES[next++ % NAMES.length]];
          for (const gesture of gestures) await act(mode, isInverted, gesture);
        }
      }
      await restore(frame, 'normal', false);
      await switchSymbol(page, frame, other);
      table.note(place('normal', false, 'symbol switch'), await settledScaleError(frame));
      await page.close();
      // The page may hide the band for a moment, but not all the time.
      expect(shownFrames).toBeGreaterThan(0);
      expect(table.faults(name, ratio, tolerancePx)).toEqual([]);
    },
  );

  it.runIf(ratio === 1).each(['2020', '28'])(
    'shows nothing wrong in the frame for which the API of %s is late after autoscale',
    async (build) => {
      const page = await stage.openChart('binance', { build });
      const frame = await chartFrame(page);
      await waitForBand(page, 'ready');
      await GESTURES['dragging the axis'](page, frame);
      await settledScaleError(frame);
      const before = await picture(frame);
      const stop = await recordScaleErrors(frame, 0.5);
      const { x, y } = await panePoint(page, frame, -30, 0.3);
      await page.mouse.dblclick(x, y);
      await settledScaleError(frame);
      const errors = await stop();
      expect(await picture(frame)).not.toEqual(before);
      expect(errors.worstPx).toBeLessThanOrEqual(0.5);
      await page.close();
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
    return /:ETH[^:]*$/.test(contract) ? contract : null;
  }, "the other symbol's band");
}
