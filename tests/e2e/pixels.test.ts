import type { Frame, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { binPrice, type Profile } from '@/lib/market/profile';

import { chartFrame, panePoint, settledScaleError, waitForBand, withChart } from './chart';
import { readProfile } from './extension';
import { spearman } from './spearman';
import { startStage, type Stage } from './stage';

let stage: Stage;
let page: Page;
let frame: Frame;

beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
  page = await stage.openChart('tradingview');
  frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  await settledScaleError(frame);
  stage.exchange.clock.pause();
});
afterAll(() => stage?.close());

/** Brightness of the band's pixel rows, down the pane: the mean over a few columns clear of labels and curve. */
async function rowBrightness(): Promise<Float64Array> {
  const rect = await withChart(frame, (chart) => chart.paneRect());
  const left = await panePoint(page, frame, 66, 0);
  const image = PNG.sync.read(await page.screenshot({ clip: { x: left.x, y: left.y, width: 8, height: rect.height } }));
  return Float64Array.from({ length: image.height }, (_, y) => {
    const row = image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4);
    return row.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (image.width * 3);
  });
}

/** Cells of the band are one or two rows tall and start where their bins do; over this many rows that averages out. */
const BLOCK = 4;

const inBlocks = (rows: Float64Array): number[] =>
  Array.from({ length: Math.floor(rows.length / BLOCK) }, (_, block) =>
    rows.subarray(block * BLOCK, (block + 1) * BLOCK).reduce((sum, value) => sum + value, 0),
  );

it('shines where the map that the background pushes is dense', async () => {
  const plain = await readProfile(stage.browser);
  const profile: Profile = { ...plain, long: Float32Array.from(plain.long), short: Float32Array.from(plain.short) };
  const brightness = await rowBrightness();
  const prices = plain.long.map((_, bin) => binPrice(profile, bin + 0.5));
  const yOfBin = await withChart(
    frame,
    (chart, text) => (JSON.parse(text) as number[]).map((price) => chart.priceToY(price)),
    JSON.stringify(prices),
  );
  const usdInRow = new Float64Array(brightness.length);
  yOfBin.forEach((y, bin) => {
    const row = Math.round(y ?? -1);
    if (row >= 0 && row < usdInRow.length) usdInRow[row] += plain.long[bin] + plain.short[bin];
  });
  // Head and foot carry sums and legend.
  const [usd, shine] = [usdInRow, brightness].map((rows) => inBlocks(rows.subarray(24, rows.length - 54)));
  expect(usd.length).toBeGreaterThan(100);
  expect(spearman(usd, shine)).toBeGreaterThan(0.9);
});
