import { isDeepStrictEqual } from 'node:util';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { profileSeries, readOutAt } from '@/components/profile-series';
import {
  formatBinWidth,
  formatClusterPrice,
  formatCount,
  formatDistance,
  formatUsd,
  formatUsdShort,
} from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { findClusters } from '@/lib/market/clusters';
import type { Profile } from '@/lib/market/profile';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { sumsFromProfile, usdToPrice } from '@/lib/render/profile-sums';

import { until, waitForBand } from './chart';
import { appendTape, BTCUSDT, readMarket, readProfile, readTrade, readUses, readWholeStore } from './extension';
import { candlesOf, type DrawnCandle, hearMap, type MapFrame, readFrame } from './map-frame';
import { openPopup } from './popup';
import { midBarMs, startStage, type Stage } from './stage';
import { toldBursts, toldCandles } from './told-candles';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'], exchange: { startMs: midBarMs() } });
  await recordDay();
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  stage.exchange.clock.pause();
  page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await hearMap(page);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html`);
  await page.click('.map-tools >> text=12h');
  await page.waitForSelector('.ladder');
});
afterAll(() => stage?.close());

const readMapNow = () => readFrame(page, stage.exchange.clock.now());

/** The live map that the background pushes now. */
async function liveProfile(): Promise<Profile> {
  const { long, short, ...rest } = await readProfile(stage.browser);
  return { ...rest, long: Float64Array.from(long), short: Float64Array.from(short) };
}

/** What the frame writes beside the profile: sums of the window, and clusters with how far they are. */
function writtenIn({ texts, layout, priceAt, yOf }: MapFrame, profile: Profile) {
  const sums = sumsFromProfile(profile);
  const after = (title: string) => texts[texts.findIndex(({ text }) => text === title) + 1]?.text;
  const [top, bottom] = [priceAt(0), priceAt(layout.area.height)];
  const everywhere = { fromPrice: 0, toPrice: Infinity, count: 120, minSeparation: 0.006 };
  const clusters = findClusters(profile, everywhere);
  const labels = texts.filter(({ text, x }) => x === layout.profileLeft + 110 && text.startsWith('$'));
  return {
    sums: [after('Shorts in view'), after('Longs in view')],
    wantedSums: [Math.max(top, profile.markPrice), Math.min(bottom, profile.markPrice)].map((price) =>
      usdToPrice(sums, price),
    ),
    labels: labels.map(
      ({ text, y }) => `${text} ${texts.find((each) => each.y === y && each.text.endsWith('%'))?.text}`,
    ),
    wantedLabels: labels.map(({ y }) => {
      const { usd, distance } = clusters.reduce((near, each) =>
        Math.abs(yOf(each.price) + 0.5 - y) < Math.abs(yOf(near.price) + 0.5 - y) ? each : near,
      );
      return `${formatUsdShort(usd)} ${formatDistance(distance)}`;
    }),
  };
}

/** What was liquidated in the last day, as if somebody had watched. */
async function recordDay(): Promise<void> {
  const { exchange, browser } = stage;
  const toMs = exchange.clock.now();
  const span = { fromMs: toMs - DAY_MS, toMs };
  const source = exchange.venue('binance').listings.get('BTCUSDT')!.source();
  const events = source.liquidations(span.fromMs, toMs, 'sampled');
  await appendTape(browser, [{ venueId: 'binance', span, bySymbol: [['BTCUSDT', events]] }]);
  // It reads back what is stored when it starts again.
  await browser.killServiceWorker();
}

/** A frame of the map, and what is stored or told of what it draws. */
async function readTraded() {
  const frame = await readMapNow();
  const candles = candlesOf(frame);
  const [firstMs, lastMs] = [candles[0], candles.at(-1)!].map(({ line }) => frame.timeAt(line.x));
  const stepMs = BAR_MS * Math.round((lastMs - firstMs) / (candles.length - 1) / BAR_MS);
  const stored = await readTrade(stage.browser, BTCUSDT, firstMs - DAY_MS);
  const lastStoredMs = stored.bars.at(-1)!.openTimeMs;
  const { openBars } = await readMarket(stage.browser);
  const bars = [...stored.bars, ...openBars.filter(({ openTimeMs }) => openTimeMs > lastStoredMs)];
  return { frame, candles, stepMs, bars, liquidations: stored.liquidations };
}

async function expectLive(): Promise<void> {
  let last: unknown;
  await until(async () => {
    const written = writtenIn(await readMapNow(), await liveProfile());
    last = written;
    const { sums, wantedSums, labels, wantedLabels } = written;
    // The window's edge is read back from rounded places.
    const isNear = sums.every((text, i) => Math.abs(numberOf(text) / wantedSums[i] - 1) < 0.01);
    return (isNear && labels.length >= 2 && isDeepStrictEqual(labels, wantedLabels)) || null;
  }, 'the sums and clusters that are told').catch((cause: unknown) => {
    throw new Error(`Drawn otherwise: ${JSON.stringify(last)}`, { cause });
  });
}

it('writes sums and clusters on the map as they follow from what is told, also by a new worker', async () => {
  await expectLive();
  await stage.browser.killServiceWorker();
  await expectLive();
  // Left of axis and profile, right of the last bar.
  const { layout } = await readMapNow();
  const box = (await page.locator('.map-chart').boundingBox())!;
  await page.mouse.move(box.x + layout.axisLeft - 8, box.y + 100);
  const profile = await liveProfile();
  await page.bringToFront();
  const { priceAt } = await readMapNow();
  const price = formatClusterPrice(priceAt(100), 1);
  await until(async () => (await page.innerText('.map-readout')).startsWith(price) || null, `a read-out at ${price}`);
  expect(await page.innerText('.map-readout')).toContain('Live');
  expect(await page.innerText('.map-readout')).toContain(formatUsd(usdToPrice(sumsFromProfile(profile), priceAt(100))));
});

it('draws the candles that are told, at their prices and times', async () => {
  const { frame, candles, stepMs, bars } = await readTraded();
  const told = toldCandles(bars, stepMs, frame).filter(({ startMs }) => startMs >= frame.timeAt(0) - stepMs);
  expect(candles).toHaveLength(told.length);
  const isAt = (px: number, exact: number) => Math.abs(px - exact) < 0.51;
  /** Nothing is less than a pixel high. */
  const endsAt = ({ y, height }: DrawnCandle['line'], exact: number) =>
    isAt(y + height, exact) || (height === 1 && exact - y < 1);
  const unlike = told.flatMap((each, i) => {
    const { line, body } = candles[i];
    const isLike =
      isAt(line.x, each.x) &&
      isAt(line.y, each.top) &&
      isAt(body.y, each.bodyTop) &&
      endsAt(line, each.bottom) &&
      endsAt(body, each.bodyBottom);
    return isLike ? [] : [{ ...each, line, body }];
  });
  expect(unlike).toEqual([]);
  const colours = told.map(({ isUp }, i) => `${isUp} ${candles[i].line.colour} ${candles[i].body.colour}`);
  expect(new Set(colours).size).toBe(2);
});

it('draws what was liquidated as circles at its price and time, whose areas are USD', async () => {
  const { frame, stepMs, liquidations } = await readTraded();
  const { circles } = frame;
  const bursts = toldBursts(liquidations, stepMs, frame).map((burst) => ({
    ...burst,
    circle: circles.find(({ x, y }) => Math.hypot(x - burst.x, y - burst.y) < 0.01),
  }));
  const drawn = bursts.flatMap(({ circle, ...burst }) => (circle === undefined ? [] : [{ ...burst, ...circle }]));
  expect(drawn).toHaveLength(circles.length);
  expect(circles.length).toBeGreaterThan(5);
  const [{ usd, radius }] = drawn;
  const usdPerArea = usd / radius ** 2;
  for (const each of drawn) expect(each.usd / each.radius ** 2 / usdPerArea).toBeCloseTo(1, 6);
  // What has none would be less than two pixels in radius.
  for (const { startMs, circle, usd } of bursts) {
    if (startMs >= frame.timeAt(0) - stepMs && circle === undefined) expect(usd / usdPerArea).toBeLessThan(4);
  }
  expect(new Set(drawn.map(({ positionSide, colour }) => `${positionSide} ${colour}`)).size).toBe(2);
});

it('counts in the options what is stored', async () => {
  const uses = await readUses(stage.browser);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#options`);
  const rowsOf = (...tables: readonly string[]) =>
    formatCount(uses.reduce((sum, { table, rows }) => sum + (tables.includes(table) ? rows : 0), 0));
  const row = (name: string) => page.locator('.storage-use tbody tr', { hasText: name }).locator('td').first();
  await until(async () => (await row('Prices').innerText()) !== '–' || null, 'what is stored');
  expect(await row('Prices').innerText()).toBe(rowsOf('bars', 'minutes'));
  expect(await row('Open interest').innerText()).toBe(rowsOf('openInterest'));
});

it('shows in the popup the legend and the profile under the cursor as they follow from what is told', async () => {
  const popup = await openPopup(stage.browser);
  await popup.waitForSelector('.profile-plot canvas');
  await popup.focus('.profile-plot [role="slider"]');
  await popup.keyboard.press('PageDown');
  const shown = () => popup.locator('.heat-legend strong, .read-out strong, .read-out dd').allInnerTexts();
  let last: unknown;
  await until(async () => {
    const profile = await liveProfile();
    await popup.bringToFront();
    const { lo, hi } = heatScaleFromSums(sumsFromProfile(profile), 1, { thresholdUsd: null, fullUsd: null });
    const { price, distance, nearUsd, toHereUsd } = readOutAt(profileSeries(profile, 0.1, 'both'), 0.4);
    const wanted = [
      formatClusterPrice(price, 1),
      formatDistance(distance, 2),
      formatUsd(nearUsd),
      formatUsd(toHereUsd),
      formatUsd(lo),
      formatUsd(hi),
    ];
    last = { wanted, shown: await shown() };
    return JSON.stringify(wanted) === JSON.stringify(await shown()) || null;
  }, 'the legend and the read-out').catch((cause: unknown) => {
    throw new Error(`Shown otherwise: ${JSON.stringify(last)}`, { cause });
  });
  const { binWidth } = await liveProfile();
  expect(await popup.locator('.heat-legend-note').innerText()).toBe(
    `USD per ${formatBinWidth(binWidth)} of price, follows the data`,
  );
  await popup.close();
});

it('says on the pages of positions and alerts why figures are missing', async () => {
  stage.exchange.setFault({ target: 'all', kind: 'status', status: 451 });
  await stage.browser.killServiceWorker();
  for (const hash of ['positions', 'alerts']) {
    await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#${hash}`);
    await until(
      async () => (await page.innerText('.dashboard-notices')).includes('Binance is blocked where you are') || null,
      `the notice on ${hash}`,
    );
  }
});

/** `$41.8M`; nothing where nothing is written. */
const numberOf = (text: string | undefined): number => {
  const [, figure, unit] = /^\$([\d.]+)([KMB]?)$/.exec(text ?? '') ?? [];
  return Number(figure) * ({ K: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1);
};
