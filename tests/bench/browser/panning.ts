import type { Frame, Page } from 'playwright-core';

import { panePoint } from '@/tests/e2e/chart';

/** Moves per stretch of panning; the pointer goes to and fro, so that the price stays in view. */
const MOVES = 150;

/** Drags the chart about under a button that stays down, a move for every frame and more. */
export async function pan(page: Page, frame: Frame): Promise<void> {
  const at = await panePoint(page, frame, 500, 0.5);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let i = 1; i <= MOVES; i++) {
    await page.mouse.move(at.x + 50 * Math.sin(i / 9), at.y + 70 * Math.sin(i / 7));
  }
  await page.mouse.move(at.x, at.y);
  await page.mouse.up();
}

/** From then on the scale follows the pointer instead of the candles. */
export async function leaveAutoScale(page: Page, frame: Frame): Promise<void> {
  const at = await panePoint(page, frame, -30, 0.5);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x, at.y + 40, { steps: 5 });
  await page.mouse.up();
}
