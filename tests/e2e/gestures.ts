import type { Frame, Page } from 'playwright-core';

import { panePoint, type Point } from './chart';

export async function wheel(page: Page, at: Point, deltaY: number): Promise<void> {
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, deltaY);
}

export async function drag(page: Page, from: Point, by: Point, steps = 12): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps });
  await page.mouse.up();
}

/** What a trader does to a chart: each moves the scale in its own way. */
export const GESTURES: Readonly<Record<string, (page: Page, frame: Frame) => Promise<void>>> = {
  'zooming with the wheel': async (page, frame) => wheel(page, await panePoint(page, frame, 400, 0.5), -400),
  panning: async (page, frame) => drag(page, await panePoint(page, frame, 400, 0.5), { x: 180, y: 0 }),
  'dragging the axis': async (page, frame) => drag(page, await panePoint(page, frame, -30, 0.3), { x: 0, y: 110 }),
  'panning up and down': async (page, frame) => drag(page, await panePoint(page, frame, 400, 0.5), { x: -60, y: -90 }),
  resizing: async (page) => {
    const { width, height } = page.viewportSize() ?? { width: 1200, height: 680 };
    await page.setViewportSize({ width: width - 130, height: height - 87 });
  },
};
