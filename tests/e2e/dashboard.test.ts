import { readFileSync } from 'node:fs';

import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { formatCount } from '@/lib/core/format';

import { until, waitForBand } from './chart';
import { BTCUSDT, readWholeStore } from './extension';
import { startStage, type Stage } from './stage';

const PAGES = ['market', 'positions', 'alerts', 'score', 'diagnostics', 'options', 'first-run', 'map'] as const;

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await startStage();
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html`);
  await page.waitForSelector('.map-chart');
  await page.waitForSelector('.ladder');
});
afterAll(() => stage?.close());

const show = (name: string) => page.click(`.rail [href="#${name}"]`);

async function violations(): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** Share of the map's pixels that are not its ground. */
const painted = () =>
  page.$eval('.map-chart canvas', (element) => {
    const canvas = element as HTMLCanvasElement;
    const context = canvas.getContext('2d');
    const { data } = context!.getImageData(0, 0, Math.floor(canvas.width / 2), Math.floor(canvas.height / 2));
    const pixels = new Uint32Array(data.buffer);
    return pixels.filter((pixel) => pixel !== pixels[0]).length / pixels.length;
  });

it('paints the stored columns of every range', async () => {
  for (const range of ['12h', '24h', '7d', '30d', '3d']) {
    await page.click(`.map-tools >> text=${range}`);
    await until(async () => ((await painted()) > 0.2 ? true : null), `heat over ${range}`, 60_000);
  }
});

it('reads the column under the pointer, and what lies to the right of the last bar live', async () => {
  await page.mouse.move(300, 400);
  await until(
    async () => /As of\s*\w+ \d+ \d\d:(?:00|15|30|45) UTC/.test(await page.innerText('.map-readout')) || null,
    'a column',
  );
  const box = await page.locator('.map-chart').boundingBox();
  await page.mouse.move(box!.x + box!.width - 300, 400);
  await until(async () => (await page.innerText('.map-readout')).includes('Live') || null, 'the live map');
});

it('counts the columns that the store holds', async () => {
  const store = await readWholeStore(stage.browser, stage.exchange);
  await show('diagnostics');
  await until(
    async () =>
      (await page.innerText('main')).includes(`${BTCUSDT}: ${formatCount(store.columnCount)} as-of columns`) || null,
    'as many columns',
  );
  expect(await page.locator('.diagnostics tbody tr').count()).toBeGreaterThanOrEqual(6);
});

it('tells what was liquidated on a page opened by its address', async () => {
  const fresh = await stage.browser.context.newPage();
  await fresh.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#market`);
  await fresh.waitForSelector('.totals .sums');
  await fresh.close();
});

describe.each(['dark', 'light'] as const)('%s', (colorScheme) => {
  it.each(PAGES)('axe finds nothing on %s', async (name) => {
    await page.emulateMedia({ colorScheme });
    await show(name);
    expect(await violations()).toEqual([]);
  });
});
