import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';
import { contractId, type ContractId } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { groupBy } from '@/tests/group-by';

import { until, waitForBand } from './chart';
import { BTCUSDT, readStoredSums, readWholeStore } from './extension';
import { midBarMs, startStage, type Stage } from './stage';

const OTHER = contractId('gate', 'BTC_USDT');

let stage: Stage;
let page: Page;
beforeAll(async () => {
  // What is stored is compared with what was saved a moment before.
  stage = await startStage({ venues: ['binance', 'gate'], exchange: { startMs: midBarMs() } });
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  const nowMs = stage.exchange.clock.now();
  const othersHere = async () => (await readStoredSums(stage.browser, OTHER, nowMs - 12 * HOUR_MS, nowMs)).columns;
  await until(async () => (await othersHere()).length >= 47 || null, 'columns of the other venue', 300_000);
  page = await stage.browser.context.newPage();
  await page.addInitScript(recordHere);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html`);
  await page.click('.map-tools >> text=12h');
  await page.waitForSelector('.ladder');
  await page.click('.export-menu summary');
});
afterAll(() => stage?.close());

interface Levels {
  readonly contract: string;
  readonly venues: readonly string[];
  readonly time: string;
  readonly rows: readonly { side: 'long' | 'short'; fromPrice: number; toPrice: number; usd: number }[];
}

declare global {
  interface Window {
    /** USD of the levels of each side, lowest price first, by the time of the map. */
    __levels?: Record<number, Record<'long' | 'short', number[]>[]>;
    __texts?: string[];
  }
}

declare const chrome: {
  readonly storage: { readonly local: { set(items: object): Promise<void> } };
  readonly runtime: {
    connect(...args: unknown[]): {
      readonly onMessage: { addListener(listener: (message: { type: string; profile: Profile }) => void): void };
    };
  };
};

/** Runs in the page, before its own scripts: keeps the maps that it was told, and texts written beside its canvases. */
function recordHere(): void {
  const { runtime } = chrome;
  const connect = runtime.connect.bind(runtime);
  const levels: NonNullable<Window['__levels']> = (window.__levels = {});
  const texts: string[] = (window.__texts = []);
  runtime.connect = (...args) => {
    const port = connect(...args);
    port.onMessage.addListener(({ type, profile }) => {
      if (type !== 'profile') return;
      const held = (usd: Iterable<number>) => [...usd].filter((each) => each > 0);
      (levels[profile.asOfMs] ??= []).push({ long: held(profile.long), short: held(profile.short) });
    });
    return port;
  };
  const prototype = OffscreenCanvasRenderingContext2D.prototype as unknown as Record<
    'fillText',
    (...args: unknown[]) => void
  >;
  const { fillText } = prototype;
  prototype.fillText = function (this: unknown, ...args) {
    texts.push(String(args[0]));
    fillText.apply(this, args);
  };
}

/** Takes one of the menu's files. */
async function save(label: string): Promise<{ name: string; bytes: Buffer }> {
  const started = page.waitForEvent('download');
  await page.click(`.export-list [aria-label="${label}"]`);
  const download = await started;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

it('saves the live levels as they were told, level by level', async () => {
  const saved = await save('Levels as of now, JSON');
  expect(saved.name).toMatch(/^liqband-BTCUSDT-levels-\d{4}-\d\d-\d\dT\d{4}\.json$/);
  const { contract, venues, time, rows } = JSON.parse(String(saved.bytes)) as Levels;
  expect(contract).toBe(BTCUSDT);
  expect(venues).toEqual(['Binance', 'Gate']);
  const told = await page.evaluate((timeMs) => window.__levels?.[timeMs], Date.parse(time));
  const usdOf = (side: 'long' | 'short') => rows.filter((row) => row.side === side).map(({ usd }) => usd);
  expect(told).toContainEqual({ long: usdOf('long'), short: usdOf('short') });
  expect(rows.length).toBeGreaterThan(500);
  for (const { fromPrice, toPrice } of rows) expect(toPrice).toBeGreaterThan(fromPrice);
});

it('saves the columns of the range as they are stored, of every contract', async () => {
  const { contracts, from, to, rows } = JSON.parse(String((await save('Columns of the range, JSON')).bytes)) as {
    contracts: readonly ContractId[];
    from: string;
    to: string;
    rows: readonly { time: string; side: 'long' | 'short'; usd: number }[];
  };
  expect(contracts.length).toBeGreaterThan(1);
  const sums = new Map<string, number>();
  const add = (key: string, usd: number) => sums.set(key, (sums.get(key) ?? 0) + usd);
  for (const contract of contracts) {
    const { columns } = await readStoredSums(stage.browser, contract, Date.parse(from), Date.parse(to));
    for (const { timeMs, longUsd, shortUsd } of columns) {
      add(`${new Date(timeMs).toISOString()} long`, longUsd);
      add(`${new Date(timeMs).toISOString()} short`, shortUsd);
    }
  }
  const saved = groupBy(rows, ({ time, side }) => `${time} ${side}`);
  expect([...saved.keys()].toSorted()).toEqual([...sums.keys()].toSorted());
  expect(saved.size).toBeGreaterThanOrEqual(2 * 47);
  for (const [key, of] of saved) {
    expect(of.reduce((sum, { usd }) => sum + usd, 0) / (sums.get(key) ?? NaN)).toBeCloseTo(1, 3);
  }
  const csv = String((await save('Columns of the range, CSV')).bytes)
    .trimEnd()
    .split('\n');
  expect(csv[0]).toBe('time,markPrice,side,fromPrice,toPrice,usd');
  expect(csv.length).toBeGreaterThanOrEqual(rows.length);
});

it('saves every liquidation that is stored of the range', async () => {
  const { contracts, from, to, rows } = JSON.parse(String((await save('Liquidations of the range, JSON')).bytes)) as {
    contracts: readonly ContractId[];
    from: string;
    to: string;
    rows: readonly { time: string; contract: ContractId; price: number; quantity: number }[];
  };
  for (const contract of contracts) {
    const { liquidations } = await readStoredSums(stage.browser, contract, Date.parse(from), Date.parse(to));
    const saved = rows.filter((row) => row.contract === contract);
    expect(saved.map(({ time, price, quantity }) => ({ timeMs: Date.parse(time), qty: quantity, price }))).toEqual(
      liquidations,
    );
  }
  expect(rows.length).toBeGreaterThan(0);
  expect(Date.parse(to) - Date.parse(from)).toBe(12 * HOUR_MS);
});

it('saves the map as it is seen, with contract, time, source and what its colours are worth below', async () => {
  const { name, bytes } = await save('Picture of the map, PNG');
  expect(name).toMatch(/^liqband-BTCUSDT-map-.*\.png$/);
  const png = PNG.sync.read(bytes);
  const url = await page.$eval('.map-chart canvas', (element) => (element as HTMLCanvasElement).toDataURL());
  const { width, height, data: shown } = PNG.sync.read(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  expect([png.width, png.height]).toEqual([width, height + 52]);
  // The map lives on while it is compared: the price's line and flag, and the profile beside it.
  let same = 0;
  for (let i = 0; i < shown.length; i += 4) if (Math.abs(shown[i] - png.data[i]) < 3) same += 1;
  expect(same / (width * height)).toBeGreaterThan(0.98);
  const texts = (await page.evaluate(() => window.__texts ?? [])).join('\n');
  expect(texts).toMatch(/BTCUSDT · \w+ \d+, \d{4}, \d\d:\d\d UTC/);
  expect(texts).toMatch(/Liqband, estimated from Binance.*Gate/);
  // The colours' ends as the page's own legend has them, and as many colours between.
  const legend = await page.locator('.map-legend').innerText();
  const scale = texts.slice(texts.indexOf('$')).split('\n').slice(0, 3);
  expect(scale[2]).toBe('USD per 0.025% of price, follows the data');
  for (const text of scale) expect(legend).toContain(text);
  const ramp = new Set<number>();
  for (let x = 0; x < width; x++) ramp.add(png.data.readUInt32BE(4 * ((height + 36) * width + x)));
  expect(ramp.size).toBeGreaterThan(100);
});

it('saves the band of the market as charts show it, beside an axis of its own', async () => {
  await page.evaluate(() => window.__texts?.splice(0));
  const { name, bytes } = await save('Picture of the band, PNG');
  expect(name).toMatch(/^liqband-BTCUSDT-band-.*\.png$/);
  const png = PNG.sync.read(bytes);
  expect(png.width).toBe(2 * (124 + 72 + 76));
  // The heat where the band lies: many colours, as high as the picture; none where its labels hang.
  const coloursAt = (x: number) => {
    const colours = new Set<number>();
    for (let y = 2 * 80; y < 2 * 500; y++) colours.add(png.data.readUInt32BE(4 * (y * png.width + x)));
    return colours.size;
  };
  expect(coloursAt(2 * (124 + 36))).toBeGreaterThan(40);
  expect(coloursAt(2 * 4)).toBeLessThan(6);
  const texts = (await page.evaluate(() => window.__texts ?? [])).join('\n');
  expect(texts).toMatch(/^BTCUSDT$/m);
  expect(texts).toMatch(/\w+ \d+, \d{4}, \d\d:\d\d UTC/);
  expect(texts).toMatch(/Liqband, estimated from Binance.*Gate/);
  expect(texts).toMatch(/^\$\d+M$/m);
  expect(texts).toMatch(/^Colour scale: USD per 0\.025% of price/m);
});

it('saves the full pane with a column per bar, which leaves the bar’s candle clear', async () => {
  await page.evaluate(() => window.__texts?.splice(0));
  await page.evaluate(() => chrome.storage.local.set({ band: { style: 'pane', theme: 'dark' } }));
  const png = await until(async () => {
    const taken = PNG.sync.read((await save('Picture of the band, PNG')).bytes);
    return taken.width === 2 * (720 + 124 + 72 + 76) ? taken : null;
  }, 'the wide picture');
  const at = (x: number, y: number): string =>
    png.data.subarray(4 * (y * png.width + x), 4 * (y * png.width + x) + 3).toString('hex');
  const [top, bottom] = [2 * 49, 2 * (48 + 558)];
  // Across time: levels begin, end and change.
  const acrossTime = new Set(Array.from({ length: 2 * 700 }, (_, x) => at(x, top + 120)));
  expect(acrossTime.size).toBeGreaterThan(8);
  const isCandle = (colour: string) => colour === '089981' || colour === 'f23645';
  const ground = at(png.width - 2, 2);
  let candles = 0;
  let clear = 0;
  let heatBeyond = 0;
  for (let x = 4; x < 2 * 715; x++) {
    let y = top;
    while (y < bottom && !isCandle(at(x, y))) y++;
    // Wicks: the body's sides end below them.
    if (y >= bottom || !isCandle(at(x, y + 1))) continue;
    candles += 1;
    if (at(x, y - 3) === ground) clear += 1;
    if ([12, 24, 48].some((above) => at(x, y - above) !== ground)) heatBeyond += 1;
  }
  expect(candles).toBeGreaterThan(200);
  expect(clear / candles).toBeGreaterThan(0.9);
  expect(heatBeyond / candles).toBeGreaterThan(0.5);
  const texts = (await page.evaluate(() => window.__texts ?? [])).join('\n');
  expect(texts).toMatch(/^\d\d:00$/m);
});
