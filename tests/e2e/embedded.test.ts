import { afterAll, beforeAll, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';

import { chartFrame, settledScaleError, until, waitForBand } from './chart';
import { startStage, type Stage } from './stage';

/** Older embedded charts and newer ones. */
const WIDGETS = ['s.tradingview.com/widgetembed/', 'www.tradingview-widget.com/embed-widget/advanced-chart/'];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
  stage.exchange.addHandler({
    hosts: ['article.example'],
    request({ url }, res) {
      const widget = `https://${url?.slice(1)}?symbol=BINANCE:BTCUSDT.P`;
      res
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><p>Of a market<p><iframe src="${widget}" width="800" height="500"></iframe>`);
    },
  });
});
afterAll(() => stage?.close());

it.each(WIDGETS)('draws on a chart of %s in an article of another site, and has its prices', async (widget) => {
  const page = await stage.browser.openPage(`https://article.example/${widget}`);
  const frame = await chartFrame(page);
  const { contract } = await waitForBand(page, 'ready');
  expect(contract).toBe('binance:BTCUSDT');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(0.5);
});

it('draws one band where the chart stands in a frame of the page itself', async () => {
  const page = await stage.openChart('binance');
  await waitForBand(page, 'ready');
  const count = await until(async () => {
    const bands = await readBands(page);
    return bands.length > 0 ? bands.length : null;
  }, 'bands');
  expect(count).toBe(1);
});
