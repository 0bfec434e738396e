import { isDeepStrictEqual } from 'node:util';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { mapLayout } from '@/components/dashboard/map/map-layout';
import { profileSeries, readOutAt } from '@/components/profile-series';
import {
  formatBinWidth,
  formatClusterPrice,
  formatCount,
  formatDistance,
  formatUsd,
  formatUsdShort,
} from '@/lib/core/format';
import { findClusters } from '@/lib/market/clusters';
import type { Profile } from '@/lib/market/profile';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { sumsFromProfile, usdToPrice } from '@/lib/render/profile-sums';

import { until, waitForBand } from './chart';
import { readProfile, readUses, readWholeStore } from './extension';
import { openPopup } from './popup';
import { midBarMs, startStage, type Stage } from './stage';

interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}
/** What the map's last frame wrote, in CSS pixels. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly texts: Text[];
}

declare global {
  interface Window {
    __frame?: Frame;
  }
}

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'], exchange: { startMs: midBarMs() } });
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  stage.exchange.clock.pause();
  page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript(drawHere);
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html`);
  await page.click('.map-tools >> text=12h');
  await page.waitForSelector('.ladder');
});
afterAll(() => stage?.close());

/** Runs in the page, before its own scripts: keeps what a frame of the map writes; each begins by leaving the last one's scale. */
function drawHere(): void {
  const prototype = CanvasRenderingContext2D.prototype as unknown as Record<string, (...args: never[]) => unknown>;
  const hear = (name: string, tell: (context: CanvasRenderingContext2D, args: readonly never[]) => void) => {
    const draw = prototype[name];
    prototype[name] = function (this: CanvasRenderingContext2D, ...args) {
      if (this.canvas === document.querySelector('.map-chart canvas')) tell(this, args);
      return draw.apply(this, args);
    };
  };
  const frame = () => window.__frame;
  hear('setTransform', ({ canvas }, [scale]) => {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (scale === 1 && (frame()?.texts.length ?? 1) > 0) window.__frame = { width, height, texts: [] };
  });
  hear('fillText', (_, [text, x, y]) => frame()?.texts.push({ text, x, y }));
}

/** The live map that the background pushes now. */
async function liveProfile(): Promise<Profile> {
  const { long, short, ...rest } = await readProfile(stage.browser);
  return { ...rest, long: Float64Array.from(long), short: Float64Array.from(short) };
}

/** A frame with its axis read back: ln(price) by height. */
async function readFrame() {
  await page.bringToFront();
  const frame = (await page.evaluate(() => window.__frame))!;
  const layout = mapLayout(frame.width, frame.height);
  const ticks = frame.texts.filter(({ text, x }) => x === layout.profileLeft - 8 && /^[\d,.]+$/.test(text));
  const [first, last] = [ticks[0], ticks.at(-1)!].map(({ text, y }) => ({
    ln: Math.log(Number(text.replaceAll(',', ''))),
    y,
  }));
  const perPx = (last.ln - first.ln) / (last.y - first.y);
  const priceAt = (y: number): number => Math.exp(first.ln + (y - first.y) * perPx);
  const yOf = (price: number): number => first.y + (Math.log(price) - first.ln) / perPx;
  return { ...frame, layout, priceAt, yOf, tickCount: ticks.length };
}
type Read = Awaited<ReturnType<typeof readFrame>>;

/** What the frame writes beside the profile: sums of the window, and clusters with how far they are. */
function writtenIn({ texts, layout, priceAt, yOf }: Read, profile: Profile) {
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

async function expectLive(): Promise<void> {
  let last: unknown;
  await until(async () => {
    const written = writtenIn(await readFrame(), await liveProfile());
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
  const { layout } = await readFrame();
  const box = (await page.locator('.map-chart').boundingBox())!;
  await page.mouse.move(box.x + layout.axisLeft - 8, box.y + 100);
  const profile = await liveProfile();
  await page.bringToFront();
  const { priceAt } = await readFrame();
  const price = formatClusterPrice(priceAt(100), 1);
  await until(async () => (await page.innerText('.map-readout')).startsWith(price) || null, `a read-out at ${price}`);
  expect(await page.innerText('.map-readout')).toContain('Live');
  expect(await page.innerText('.map-readout')).toContain(formatUsd(usdToPrice(sumsFromProfile(profile), priceAt(100))));
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
