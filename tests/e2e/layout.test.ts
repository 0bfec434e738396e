import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';
import { createRandom } from '@/tests/market/synthetic-random';

import { chartFrame, settledScaleError, until, waitForBand } from './chart';
import { startStage, type Stage } from './stage';

const CHARTS = 8;
const MOST_CHARTS = 16;
const SWITCHES = 100;
/** A first month of every contract. */
const FILL_MS = 180_000;

let stage: Stage;
let page: Page;
let frame: Frame;
let names: readonly string[];
beforeAll(async () => {
  stage = await startStage({ browser: { viewport: { width: 1600, height: 1000 } }, venues: ['binance'] });
  page = await stage.openChart('tradingview', { charts: String(CHARTS) });
  frame = await chartFrame(page);
  names = [...stage.exchange.listings.keys()];
});
afterAll(() => stage?.close());

/** Contract of every chart's band, in the charts' order; empty where it shows nothing. */
const shown = (): Promise<string[]> =>
  frame.evaluate(() =>
    Array.from(document.querySelectorAll('.chart-container'), (container) => {
      const bands = container.querySelectorAll<HTMLElement>('liqband-band');
      if (bands.length > 1) return `${bands.length} bands`;
      return bands[0]?.dataset['state'] === 'ready' ? (bands[0].dataset['contract'] ?? '') : '';
    }),
  );

/** Counts painted frames in which a band stands on a chart of something else, until told to stop. */
const watchStrangers = (): Promise<() => Promise<{ frames: number; strangers: number }>> =>
  frame
    .evaluateHandle(() => {
      const seen = { frames: 0, strangers: 0, isOn: true };
      const symbolsNow = () => window.__charts?.map((chart) => chart.symbol().replace(/^BINANCE:|\.P$/g, '')) ?? [];
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', ({ data: symbols }: MessageEvent<readonly string[]>) => {
        seen.frames++;
        document.querySelectorAll('.chart-container').forEach((container, i) => {
          const band = container.querySelector<HTMLElement>('liqband-band');
          const isReady = band?.dataset['state'] === 'ready';
          if (isReady && band.dataset['contract'] !== `binance:${symbols[i]}`) seen.strangers++;
        });
      });
      port1.start();
      const onFrame = (): void => {
        if (!seen.isOn) return;
        // Of the frame's beginning: a switch behind the painting belongs to the next one.
        port2.postMessage(symbolsNow());
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      return seen;
    })
    .then((handle) => () => handle.evaluate((seen) => ((seen.isOn = false), seen)));

const setSymbol = (chart: number, name: string): Promise<void> =>
  frame.evaluate(([i, symbol]) => void window.__charts?.[i].setSymbol(symbol), [chart, `BINANCE:${name}.P`] as const);

it(
  `gives each of ${CHARTS} charts its own band, and none another's through ${SWITCHES} switches of symbol`,
  async () => {
    const random = createRandom(8);
    const wanted = Array.from({ length: CHARTS }, (_, i) => names[i % names.length]);
    for (const [i, name] of wanted.entries()) await setSymbol(i, name);
    const settled = async (): Promise<true | null> => {
      const contracts = await shown();
      return contracts.every((contract, i) => contract === `binance:${wanted[i]}`) ? true : null;
    };
    await until(settled, 'eight bands', FILL_MS);

    const stop = await watchStrangers();
    for (let count = 0; count < SWITCHES; count++) {
      const chart = Math.floor(random.next() * CHARTS);
      wanted[chart] = names[Math.floor(random.next() * names.length)];
      await setSymbol(chart, wanted[chart]);
      await new Promise((resolve) => setTimeout(resolve, random.next() * 120));
    }
    await until(settled, 'eight bands after the switches', FILL_MS);
    const { frames, strangers } = await stop();
    expect(frames).toBeGreaterThan(SWITCHES);
    expect(strangers).toBe(0);
    expect(await readBands(page)).toHaveLength(CHARTS);
  },
  2 * FILL_MS + 60_000,
);

it(`stands on each of ${MOST_CHARTS} charts, the most of a layout`, async () => {
  const layout = await stage.openChart('tradingview', { charts: String(MOST_CHARTS) });
  const ready = layout.locator('.chart-container:has(liqband-band[data-state="ready"])');
  await until(async () => ((await ready.count()) === MOST_CHARTS ? true : null), 'a band on every chart');
  expect(await readBands(layout)).toHaveLength(MOST_CHARTS);
  await layout.close();
});

it('stands in a window of its own that a chart was moved out to', async () => {
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open('?symbol=BINANCE:ETHUSDT.P', '', 'popup,width=640,height=480'));
  const popOut = await opened;
  const chart = await chartFrame(popOut);
  expect((await waitForBand(popOut, 'ready')).contract).toBe('binance:ETHUSDT');
  expect(await settledScaleError(chart)).toBeLessThanOrEqual(0.5);
  await popOut.close();
});
