import type { Page } from 'playwright-core';

import { DAY_MS } from '@/lib/core/time';
import { COLUMN_MS } from '@/lib/model/history';
import { until, waitForBand } from '@/tests/e2e/chart';
import { readWholeStore } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';

const RUNS = 5;
/** Moves a stretch, at least one a frame. */
const MOVES = 180;
/** A frame of a screen of 60 a second; the browser tells its time to a tenth. */
const FRAME_MS = 16.7;
/** What has to be in view while frames are measured. */
const DAYS = 30;
const LEAST_BINS = 2_000;
/** Of the book, in ln(price). */
const BIN_WIDTH = 0.00025;
/** CSS pixels from the map's edges at which prices are read, and of its time axis. */
const INSET = 6;
const TIME_AXIS = 24;

declare global {
  interface Window {
    __mapPaintedMs?: number;
    __frameMs?: number[];
  }
}

/** The dashboard's map over a month in the store: how soon it is there, and how it moves. */
export async function dashboardMap(stage: Stage): Promise<BenchRow[]> {
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  const { columnCount } = await readWholeStore(stage.browser, stage.exchange);
  const paints: number[] = [];
  for (let i = 0; i < RUNS; i++) paints.push(await firstPaint(stage));
  const page = await openDashboard(stage);
  await page.click('.map-tools >> text=30d');
  await page.waitForTimeout(3_000);
  const bins = await widen(page);
  const days = (columnCount * COLUMN_MS) / DAY_MS;
  // The history begins with a whole hour.
  if (days < DAYS - 0.2 || bins < LEAST_BINS) throw new Error(`Only ${days} days x ${bins} bins are in view`);
  const size = `${Math.round(days)} days x ${bins} price bins`;
  const panned = await framesWhile(page, () => drag(page));
  const zoomed = await framesWhile(page, () => wheel(page));
  await page.close();
  return [
    {
      name: 'dashboard: map painted from the store',
      unit: 'ms',
      median: quantile(paints, 0.5),
      p99: quantile(paints, 0.99),
      budget: 300,
      budgetOn: 'median',
      ratio: null,
      note: `navigation start to heat on the canvas, ${RUNS} times`,
    },
    frameRow('dashboard: frame of a month, panning', panned, size),
    frameRow('dashboard: frame of a month, zooming', zoomed, size),
  ];
}

async function openDashboard({ browser }: Stage): Promise<Page> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript(watchMapHere);
  await page.goto(`chrome-extension://${browser.extensionId}/dashboard.html`);
  return page;
}

/** Stretches the price axis until enough bins are in view, and counts them: by what the map itself says at its edges. */
async function widen(page: Page): Promise<number> {
  const box = (await page.locator('.map-chart').boundingBox())!;
  const [x, top, bottom] = [box.x + 300, box.y + INSET, box.y + box.height - TIME_AXIS - INSET];
  const priceAt = async (y: number): Promise<number> => {
    await page.mouse.move(x, y);
    await page.waitForTimeout(200);
    return Number((await page.innerText('.map-readout strong >> nth=0')).replaceAll(',', ''));
  };
  const binsNow = async (): Promise<number> =>
    Math.floor(Math.log((await priceAt(top)) / (await priceAt(bottom))) / BIN_WIDTH);
  for (let bins = await binsNow(); ; bins = await binsNow()) {
    if (bins >= LEAST_BINS) return bins;
    await page.mouse.move(x, (top + bottom) / 2);
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 100);
    await page.keyboard.up('Shift');
  }
}

async function firstPaint(stage: Stage): Promise<number> {
  const page = await openDashboard(stage);
  const ms = await until(() => page.evaluate(() => window.__mapPaintedMs ?? null), 'a painted map');
  await page.close();
  return ms;
}

/** Runs in the page: when the first picture of columns was copied to the map. */
function watchMapHere(): void {
  const prototype = CanvasRenderingContext2D.prototype as unknown as Record<'drawImage', (...args: unknown[]) => void>;
  const { drawImage } = prototype;
  prototype.drawImage = function (this: unknown, ...args) {
    if (args[0] instanceof OffscreenCanvas && args[0].width > 1) window.__mapPaintedMs ??= performance.now();
    drawImage.apply(this, args);
  };
}

/** From frame to frame while `act` moves the map, ms. */
async function framesWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    window.__frameMs = frames;
    let before = NaN;
    const tick = (now: number) => {
      // A frame's time is told in tenths; their difference is not.
      if (before > 0) frames.push(Math.round(10 * (now - before)) / 10);
      before = now;
      if (window.__frameMs === frames) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const frames = window.__frameMs ?? [];
    delete window.__frameMs;
    return frames;
  });
}

async function drag(page: Page): Promise<void> {
  await page.mouse.move(500, 350);
  await page.mouse.down();
  for (let i = 1; i <= MOVES; i++) await page.mouse.move(500 + 200 * Math.sin(i / 20), 350 + 90 * Math.sin(i / 14));
  await page.mouse.up();
}

async function wheel(page: Page): Promise<void> {
  for (let i = 1; i <= MOVES; i++) await page.mouse.wheel(0, 40 * Math.sin(i / 15));
}

const frameRow = (name: string, frames: readonly number[], size: string): BenchRow => ({
  name,
  unit: 'ms',
  median: quantile(frames, 0.5),
  p99: quantile(frames, 0.95),
  budget: FRAME_MS,
  budgetOn: 'p95',
  ratio: null,
  note: `${size}, ${frames.length} frames of 1440 x 900 under a pointer that moves in each`,
});
