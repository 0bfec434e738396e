import type { Page } from 'playwright-core';

import { until, waitForBand } from '@/tests/e2e/chart';
import { readWholeStore } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';

const RUNS = 5;
/** Moves a stretch, at least one a frame. */
const MOVES = 180;
/** A frame of a screen of 60 a second, and the tenth that a timestamp may be off. */
const FRAME_MS = 16.8;

declare global {
  interface Window {
    __mapPaintedMs?: number;
    __frameMs?: number[];
  }
}

/** The dashboard's map over a month in the store: how soon it is there, and how it moves. */
export async function dashboardMap(stage: Stage): Promise<BenchRow[]> {
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await readWholeStore(stage.browser, stage.exchange);
  const paints: number[] = [];
  for (let i = 0; i < RUNS; i++) paints.push(await firstPaint(stage));
  const page = await openDashboard(stage);
  await page.click('.map-tools >> text=30d');
  await page.waitForTimeout(3_000);
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
    frameRow('dashboard: frame of a month, panning', panned),
    frameRow('dashboard: frame of a month, zooming', zoomed),
  ];
}

async function openDashboard({ browser }: Stage): Promise<Page> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.addInitScript(watchMapHere);
  await page.goto(`chrome-extension://${browser.extensionId}/dashboard.html`);
  return page;
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
      if (before > 0) frames.push(now - before);
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

const frameRow = (name: string, frames: readonly number[]): BenchRow => ({
  name,
  unit: 'ms',
  median: quantile(frames, 0.5),
  p99: quantile(frames, 0.95),
  budget: FRAME_MS,
  budgetOn: 'p95',
  ratio: null,
  note: `${frames.length} frames of 1440 x 900 under a pointer that moves in each`,
});
