import { readFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { formatCount, formatDistance } from '@/lib/core/format';

import { violationsOn } from './accessibility';
import { until, waitForBand } from './chart';
import { BTCUSDT, readStoredPrice, readWholeStore } from './extension';
import { walkByTab } from './keyboard';
import { openPopup } from './popup';
import { midBarMs, startStage, type Stage } from './stage';

const GROUPS = [0, 1, 2, 3];
const PAGES = ['market', 'positions', 'alerts', 'score', 'diagnostics', 'options', 'first-run', 'map'] as const;

let stage: Stage;
let page: Page;
let popup: Page;
beforeAll(async () => {
  stage = await startStage({ exchange: { startMs: midBarMs() } });
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html`);
  await page.waitForSelector('.map-chart');
  await page.waitForSelector('.ladder');
  popup = await openPopup(stage.browser);
  await popup.click('.drawer summary');
  await popup.waitForSelector('.provenance');
  // Behind another page nothing is drawn.
  await page.bringToFront();
});
afterAll(() => stage?.close());

const show = (name: string) => page.click(`.rail [href="#${name}"]`);

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
    await until(async () => ((await painted()) > 0.2 ? true : null), `heat over ${range}`);
  }
});

it('is no taller than its window, however long its tape', async () => {
  await page.waitForFunction(() => document.querySelectorAll('.tape tbody tr').length > 20);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(900);
});

it('reads the column under the pointer, and what lies to the right of the last bar live', async () => {
  await page.mouse.move(300, 400);
  await until(
    async () => /As of\s*\w+ \d+ \d\d:(?:00|15|30|45) UTC/.test(await page.innerText('.map-readout')) || null,
    'a column',
  );
  const told = await page.innerText('.map-readout');
  const year = new Date(stage.exchange.clock.now()).getUTCFullYear();
  const [, day, clock] = /As of\s*(\w+ \d+) (\d\d:\d\d) UTC/.exec(told)!;
  const price = Number(/^[\d,.]+/.exec(told)![0].replaceAll(',', ''));
  const stored = (await readStoredPrice(stage.browser, Date.parse(`${day} ${year} ${clock} UTC`), price))!;
  await page.bringToFront();
  // The price is read rounded, so the last figure of a sum may be another.
  const shown = [...told.matchAll(/\$([\d.]+)([KMB]?)/g)].map(
    ([, figure, unit]) => Number(figure) * ({ K: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1),
  );
  const wanted = [stored.longUsd, stored.shortUsd, stored.toHereUsd];
  expect(shown).toHaveLength(wanted.length);
  wanted.forEach((usd, i) => expect(Math.abs(shown[i] - usd)).toBeLessThanOrEqual(0.01 * usd + 1));
  expect(told).toContain(formatDistance(stored.distance, 2));
  const box = await page.locator('.map-chart').boundingBox();
  await page.mouse.move(box!.x + box!.width - 300, 400);
  await until(async () => (await page.innerText('.map-readout')).includes('Live') || null, 'the live map');
});

/** What the map's table tells of stored moments: USD by distance, under the moment's own words. */
const tableByMoment = () =>
  page.$eval('.map-table', (table) => {
    const usdOf = (text: string) => {
      // The first column is of distances.
      const [, figure, unit] = /^\$([\d.,]+)([KMB]?)$/.exec(text) ?? ['', 'none', ''];
      return Number(figure.replaceAll(',', '')) * ({ K: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1);
    };
    const rows = [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    return [...table.querySelectorAll('thead th')]
      .map((head, i) => [head.textContent, rows.map((row) => (row[i] === '$0' ? 0 : usdOf(row[i])))] as const)
      .filter(([moment]) => / \d\d:(?:00|15|30|45) UTC/.test(moment));
  });

it('shows wanted groups of leverage alone, which add up to the whole map', async () => {
  await page.click('.map-tools >> text=24h');
  const chips = page.locator('.map-chips .venue-chips').first().locator('button');
  const press = async (group: number, isWanted: boolean) => {
    const chip = chips.nth(group);
    if ((await chip.getAttribute('aria-pressed')) !== String(isWanted)) await chip.click();
    await chip.and(page.locator(`[aria-pressed="${isWanted}"]`)).waitFor();
  };
  /** The last one that is pressed stays so: those that are wanted come first. */
  const want = async (groups: readonly number[]) => {
    for (const group of groups) await press(group, true);
    for (const group of GROUPS.filter((each) => !groups.includes(each))) await press(group, false);
  };
  // A second try may begin with any of them.
  await want(GROUPS);
  const whole = new Map(await tableByMoment());
  expect(whole.size).toBeGreaterThanOrEqual(2);
  const sums = new Map([...whole].map(([moment, usd]) => [moment, usd.map(() => 0)]));
  for (const group of GROUPS) {
    await want([group]);
    const of = await until(async () => {
      const read = new Map(await tableByMoment());
      return [...whole.keys()].every((moment) => read.has(moment)) ? read : null;
    }, 'the same moments');
    expect([...of.values()].flat().some((usd) => usd > 0)).toBe(true);
    for (const [moment, sum] of sums) of.get(moment)!.forEach((usd, row) => (sum[row] += usd));
  }
  await page.click('.map-tools >> text=3d');
  await want(GROUPS);
  for (const [moment, usd] of whole) {
    const total = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0);
    // Each is rounded to what it is shown with, and to ninths.
    expect(Math.abs(total(sums.get(moment)!) / total(usd) - 1)).toBeLessThan(0.1);
  }
});

it('counts the columns that the store holds', async () => {
  const store = await readWholeStore(stage.browser, stage.exchange);
  await show('diagnostics');
  await until(
    async () =>
      (await page.innerText('main')).includes(`${BTCUSDT}: ${formatCount(store.columnCount)} columns of the map`) ||
      null,
    'as many columns',
  );
  expect(await page.locator('.diagnostics tbody tr').count()).toBeGreaterThanOrEqual(6);
});

it('tells what of the limits is used, and all of it in a file with the log', async () => {
  await show('diagnostics');
  await until(async () => /[1-9]\d* of 1,440 in 1m/.test(await page.innerText('.limits')) || null, 'used weight');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save as a file')]);
  const text = await readFile(await download.path(), 'utf8');
  const file = JSON.parse(text) as { readonly log: readonly string[] };
  expect(file.log.some((line) => line.endsWith('binance bars: live'))).toBe(true);
  expect(text).not.toMatch(/:\/\//);
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
    expect(await violationsOn(page)).toEqual([]);
  });

  it('axe finds nothing in the popup', async () => {
    await popup.bringToFront();
    await popup.emulateMedia({ colorScheme });
    expect(await violationsOn(popup)).toEqual([]);
    await page.bringToFront();
  });
});

describe('by keyboard', () => {
  const WHOLE = { missed: [], unseen: [], hasLeft: true };

  it('all of the popup is reached, sliders move by arrows, and Escape leads back from the chooser', async () => {
    await popup.bringToFront();
    expect(await walkByTab(popup)).toEqual(WHOLE);
    const width = popup.locator('input[aria-label="Width"]');
    await width.focus();
    const before = Number(await width.inputValue());
    await popup.keyboard.press('ArrowRight');
    expect(Number(await width.inputValue())).toBeGreaterThan(before);
    await popup.keyboard.press('ArrowLeft');
    await popup.locator('.contract-button').focus();
    await popup.keyboard.press('Enter');
    await popup.waitForSelector('.chooser input:focus');
    await popup.keyboard.press('Escape');
    await popup.waitForSelector('.contract-button:focus');
  });

  it.each(PAGES)('all of %s is reached', async (name) => {
    await page.bringToFront();
    await show(name);
    expect(await walkByTab(page)).toEqual(WHOLE);
  });

  it('the map moves by arrows and fits by 0, and Escape closes what can be saved', async () => {
    const map = page.locator('.map-chart [role="application"]');
    const look = () => page.$eval('.map-chart canvas', (canvas) => (canvas as HTMLCanvasElement).toDataURL().length);
    const fitted = await look();
    await map.focus();
    for (const key of ['+', '+', '+', 'ArrowUp']) await page.keyboard.press(key);
    await until(async () => (Math.abs((await look()) - fitted) > 200 ? true : null), 'another picture');
    await page.keyboard.press('0');
    await page.locator('.export-menu summary').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.export-menu[open]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.export-menu:not([open]) summary:focus');
  });
});

it('says on every page that there is no network, and no more once it is back', async () => {
  await stage.browser.context.setOffline(true);
  for (const each of [page, popup]) await each.waitForSelector('.notice >> text=This device is offline');
  await stage.browser.context.setOffline(false);
  for (const each of [page, popup]) {
    await until(async () => !(await each.innerText('body')).includes('This device is offline') || null, 'no notice');
  }
});

it('opens beside a page from a click, in the panel of the browser', async () => {
  const devTools = await stage.browser.context.browser()!.newBrowserCDPSession();
  const panels = async () =>
    (await devTools.send('Target.getTargets')).targetInfos.filter(({ url }) => url.endsWith('/dashboard.html')).length;
  expect(await panels()).toBe(0);
  await page.bringToFront();
  await page.click('.side-panel');
  await until(async () => (await panels()) > 0 || null, 'the side panel');
});

it('moves nothing for who wants no motion', async () => {
  for (const each of [page, popup]) {
    await each.emulateMedia({ reducedMotion: 'reduce' });
    const moving = await each.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return /[1-9]/.test(transitionDuration) || animationName !== 'none';
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    );
    expect(moving).toEqual([]);
  }
});
