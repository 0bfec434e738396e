import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ChartPointerState } from '@/tests/pages/client/chart-truth';

import { afterFrame, chartFrame, chartState, panePoint, type Point, until, waitForBand } from './chart';
import { drag, wheel } from './gestures';
import { type Stage, startStage } from './stage';

const SITES = ['tradingview', 'binance', 'bybit'] as const;
/** From the pane's right edge, and as a share of its height: on the strip, its head and foot, its labels and its edge. */
const POINTS = [36, 2, 71, 130].flatMap((fromRight) =>
  [0.02, 0.25, 0.5, 0.75, 0.97].map((share) => ({ fromRight, share })),
);

/** To and fro, so that the price, and with it the band, stays in view. */
const ACTIONS: Readonly<Record<string, (page: Page, at: Point, direction: 1 | -1) => Promise<void>>> = {
  click: (page, at) => page.mouse.click(at.x, at.y),
  wheel: (page, at, direction) => wheel(page, at, 200 * direction),
  drag: (page, at, direction) => drag(page, at, { x: 90 * direction, y: -40 * direction }, 6),
};

/** The same market at the same moment with and without the extension: whatever differs comes from the band. */
const stages: Stage[] = [];
beforeAll(async () => {
  const exchange = { startMs: Date.UTC(2026, 0, 15, 12, 7), isPaused: true };
  stages.push(await startStage({ exchange, venues: ['binance'] }));
  stages.push(await startStage({ exchange, browser: { extensionDir: null } }));
});
afterAll(async () => {
  for (const stage of stages) await stage.close();
});

describe.each(SITES)('a band on %s', (site) => {
  const charts: { readonly page: Page; readonly frame: Frame }[] = [];
  beforeAll(async () => {
    for (const stage of stages) {
      const page = await stage.openChart(site);
      charts.push({ page, frame: await chartFrame(page) });
    }
    await waitForBand(charts[0].page, 'ready');
  });
  afterAll(async () => {
    for (const { page } of charts) await page.close();
  });

  /** What an action changes in a chart at rest. */
  const effect = async (
    { page, frame }: (typeof charts)[number],
    act: (typeof ACTIONS)[string],
    at: (typeof POINTS)[number],
  ): Promise<ChartPointerState> => {
    await act(page, await panePoint(page, frame, at.fromRight, at.share), at.share < 0.5 ? 1 : -1);
    return restState(frame);
  };

  it.each(Object.keys(ACTIONS))('lets a %s through at every point of it', async (name) => {
    const [withBand, without] = charts;
    for (const point of POINTS) {
      const before = await chartState(withBand.frame);
      const changed = await effect(withBand, ACTIONS[name], point);
      expect(changed, `at ${JSON.stringify(point)}`).toEqual(await effect(without, ACTIONS[name], point));
      expect(changed).not.toEqual(before);
    }
    await waitForBand(withBand.page, 'ready');
  });

  it('has nothing that the pointer or the keyboard could meet', async () => {
    const [{ page, frame }] = charts;
    const at = await panePoint(page, frame, 36, 0.5);
    const origin = await panePoint(page, frame, 0, 0);
    const rect = await frame.evaluate(() => window.__chart?.paneRect());
    const local = { x: at.x - origin.x + (rect?.x ?? 0) + (rect?.width ?? 0), y: at.y - origin.y + (rect?.y ?? 0) };
    expect(await frame.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.tagName, local)).toBe('CANVAS');
    const element = await frame.evaluate(() => {
      const band = document.querySelector('liqband-band');
      return {
        hidden: band?.getAttribute('aria-hidden'),
        tabStop: band?.getAttribute('tabindex'),
        focus: document.activeElement?.tagName,
      };
    });
    expect(element).toEqual({ hidden: 'true', tabStop: null, focus: 'BODY' });
  });

  it('leaves the order buttons to the page', async () => {
    const [{ page }] = charts;
    const buttons = page.locator('[data-order]');
    const count = await buttons.count();
    expect(count).toBe(2);
    for (let i = 0; i < count; i++) await buttons.nth(i).click({ trial: true });
  });
});

/** The chart's state once two frames in a row show the same: kinetic scrolling has ended. */
const restState = (frame: Frame): Promise<ChartPointerState> =>
  until(async () => {
    await afterFrame(frame);
    const first = await chartState(frame);
    await afterFrame(frame);
    await afterFrame(frame);
    const second = await chartState(frame);
    return JSON.stringify(first) === JSON.stringify(second) ? second : null;
  }, 'a chart at rest');
