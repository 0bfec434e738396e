import { readFileSync } from 'node:fs';

import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';

import { chartFrame, panePoint, settledScaleError, until, waitForBand, withChart } from './chart';
import { type Picture, takePicture } from './picture';
import { startStage, type Stage } from './stage';

let stage: Stage;
let chart: Page;
let frame: Frame;
let options: Page;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
  chart = await stage.openChart('tradingview');
  frame = await chartFrame(chart);
  await waitForBand(chart, 'ready');
  await settledScaleError(frame);
  options = await stage.browser.context.newPage();
  await options.setViewportSize({ width: 1440, height: 900 });
  await options.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#options/band`);
  await options.waitForSelector('.band-preview');
});
afterAll(() => stage?.close());

const choose = (group: string, text: string): Promise<void> =>
  options.click(`[role="radiogroup"][aria-label="${group}"] >> text="${text}"`);

const flip = (label: string): Promise<void> => options.click(`[role="switch"][aria-label="${label}"]`);

/** A stripe of the chart's pane that begins so far from its right edge. */
async function stripe(fromRight: number, width: number): Promise<Picture> {
  const { height } = await withChart(frame, (truth) => truth.paneRect());
  const { x, y } = await panePoint(chart, frame, fromRight, 0);
  return takePicture(chart, { x, y, width, height });
}

const brightness = (picture: Picture, y: number): number =>
  Array.from({ length: picture.width }, (_, x) => picture.rgb(x, y)).reduce((sum, [r, g, b]) => sum + r + g + b, 0) /
  (3 * picture.width);

/** How often the heat changes down a part of the band that no line and no figure crosses. */
async function changesOfHeat(part: 'above' | 'below'): Promise<number> {
  const picture = await stripe(66, 6);
  const middle = Math.round(await withChart(frame, (truth) => truth.priceToY(truth.lastPrice() ?? NaN) ?? NaN));
  const [from, to] = part === 'above' ? [40, middle - 24] : [middle + 24, picture.height - 60];
  let changes = 0;
  for (let y = from; y < to; y++) if (Math.abs(brightness(picture, y) - brightness(picture, y - 1)) > 1) changes += 1;
  return changes;
}

const inkInMargin = async (): Promise<number> => {
  const picture = await stripe(72 + 90, 80);
  let ink = 0;
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) if (picture.rgb(x, y)[0] > 120) ink += 1;
  return ink;
};

const soon = (condition: () => Promise<boolean>, what: string): Promise<true> =>
  until(async () => (await condition()) || null, what);

it('draws the band itself beside its settings, on a dark and on a light chart', async () => {
  const bands = await until(async () => {
    const read = await readBands(options);
    return read.length === 2 && read.every(({ state }) => state === 'ready') ? read : null;
  }, 'two bands on the page');
  expect(bands.map(({ contract, proxy }) => [contract, proxy])).toEqual([
    ['binance:BTCUSDT', ''],
    ['binance:BTCUSDT', ''],
  ]);
  const [onChart] = await readBands(chart);
  expect(onChart.contract).toBe('binance:BTCUSDT');
});

it('shows one side alone, and both again', async () => {
  // The chart's own grid is seen through the band.
  const [above, below] = [await changesOfHeat('above'), await changesOfHeat('below')];
  await choose('Sides shown', 'Longs');
  await soon(async () => (await changesOfHeat('above')) < above / 2, 'no shorts');
  expect(await changesOfHeat('below')).toBeGreaterThan(below / 2);
  await choose('Sides shown', 'Shorts');
  await soon(async () => (await changesOfHeat('below')) < below / 2, 'no longs');
  await choose('Sides shown', 'Both');
  await soon(async () => (await changesOfHeat('below')) > below / 2, 'both');
});

it('draws larger bins', async () => {
  const fine = await changesOfHeat('below');
  await choose('Bin size', '0.4%');
  await soon(async () => (await changesOfHeat('below')) < fine / 2, 'fewer rows');
  await choose('Bin size', '0.025%');
});

it('leaves labels away, and makes the band wider', async () => {
  const labelled = await inkInMargin();
  expect(labelled).toBeGreaterThan(200);
  await flip('Labels');
  await soon(async () => (await inkInMargin()) < labelled / 4, 'no labels');
  await flip('Labels');
  const [{ rect }] = await readBands(chart);
  await options.getByRole('slider', { name: 'Width' }).fill('120');
  await soon(async () => (await readBands(chart))[0]?.rect.width === rect.width + 48, 'a wider band');
});

it('is told the map no more often than wanted', async () => {
  const told = async (): Promise<number> => {
    const times = new Set<number>();
    for (let look = 0; look < 20; look++) {
      for (const { asOfMs } of await readBands(chart)) times.add(asOfMs);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return times.size;
  };
  expect(await told()).toBeGreaterThan(2);
  await choose('Refresh', '5.0s');
  await soon(async () => (await told()) <= 2, 'a calmer band');
  await choose('Refresh', '0.1s');
});

it('has no band on a site that is switched off, until it is on again', async () => {
  await flip('Band on TradingView');
  await soon(async () => (await readBands(chart)).length === 0, 'no band');
  await flip('Band on TradingView');
  await waitForBand(chart, 'ready');
});

it('folds the map under another prior, and asks before it forgets', async () => {
  const highest = () => options.textContent('.mix-in-use tr:nth-child(4) td:last-child');
  const stated = parseFloat((await highest()) ?? '');
  await choose('Leverage assumed', 'Higher');
  await soon(async () => parseFloat((await highest()) ?? '') > 1.3 * stated, 'more of the highest leverage');
  await choose('Leverage assumed', 'Default');
  await soon(async () => parseFloat((await highest()) ?? '') === stated, 'the stated prior');
  await options.click('text="Forget BTCUSDT"');
  await options.click('text="Keep as it is"');
  await options.click('text="Forget BTCUSDT"');
  await options.click('text="Forget for good"');
  await options.waitForSelector('text="Forgotten."');
});

it('takes everything back from a file, and nothing from a bad one', async () => {
  await choose('Contracts kept', '20');
  const started = options.waitForEvent('download');
  await options.click('text="Save as a file"');
  const file = readFileSync(await (await started).path(), 'utf8');
  await options.click('text="Reset the band"');
  await choose('Contracts kept', '80');
  await choose('Megabytes on disk', '100');
  const give = (text: string) =>
    options.setInputFiles('input[type=file]', {
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await give(file.replace('"width": 120', '"width": 1200'));
  await options.waitForSelector('text="band.width is missing or not allowed. Nothing was changed."');
  expect(await options.inputValue('[aria-label="Width"]')).toBe('72');
  await give(file);
  await options.click('text="Change 3"');
  await soon(async () => (await options.inputValue('[aria-label="Width"]')) === '120', 'the width of the file');
  for (const [limit, ofFile] of [
    ['Contracts kept', '20'],
    ['Megabytes on disk', '500'],
  ]) {
    const chosen = options.locator(`[role="radiogroup"][aria-label="${limit}"] label:has(:checked)`);
    await soon(async () => (await chosen.textContent()) === ofFile, 'the limit of the file');
  }
});

it('says what is stored', async () => {
  const prices = await options.textContent('.storage-use tbody tr:first-child td');
  expect(Number(prices?.replace(/\D/g, ''))).toBeGreaterThan(10);
});
