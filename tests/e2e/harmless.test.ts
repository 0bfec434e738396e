import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';
import type { ChartPointerState } from '@/tests/pages/client/chart-truth';

import { afterFrame, chartFrame, chartState, panePoint, type Point, until, waitForBand } from './chart';
import { drag, wheel } from './gestures';
import { setBand, type Stage, startStage } from './stage';
import { storm } from './storm';

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
const startBoth = async (): Promise<Stage[]> => {
  const exchange = { startMs: Date.UTC(2026, 0, 15, 12, 7), isPaused: true };
  return Promise.all([
    startStage({ exchange, venues: ['binance'] }),
    startStage({ exchange, browser: { extensionDir: null } }),
  ]);
};
const stages: Stage[] = [];
beforeAll(async () => void stages.push(...(await startBoth())));
afterAll(async () => {
  for (const stage of stages) await stage.close();
});

// In browsers of their own: where a real pointer of other tests rests, it meets the pages that open under it.
describe.each([...SITES, 'gate'] as const)('a page of %s', (site) => {
  const fresh: Stage[] = [];
  beforeAll(async () => void fresh.push(...(await startBoth())));
  afterAll(async () => {
    for (const stage of fresh) await stage.close();
  });
  const openBoth = async () => {
    const frames: Frame[] = [];
    for (const stage of fresh) frames.push(await chartFrame(await stage.openChart(site, { kinetic: 'off' })));
    await waitForBand(frames[0].page(), 'ready');
    return frames;
  };

  it('is the same behind 10,000 random events with and without the band, and behind the band', async () => {
    const frames = await openBoth();
    const seen = await Promise.all(
      frames.map(async (frame) => ({
        storm: await storm(frame, 2026, 3_600),
        state: await restState(frame),
        remains: await remainsOf(frame),
      })),
    );
    expect(seen[0].storm.events).toBeGreaterThan(10_000);
    expect(seen[0]).toEqual(seen[1]);
    // Events change the width of the axis: the chart moves, and the band goes along with it without a shift of its own.
    const { sum: moved, strangers } = await layoutShift(frames[0]);
    expect(strangers).toEqual([]);
    // Nor does its coming and going move anything.
    await setBand(fresh[0].browser, { isOn: false });
    await until(async () => ((await readBands(frames[0].page())).length === 0 ? true : null), 'no band');
    expect(await frames[0].evaluate(() => document.documentElement.outerHTML.includes('liqband'))).toBe(false);
    expect(await remainsOf(frames[0])).toEqual(await remainsOf(frames[1]));
    // Labels are read through a hook, which goes with the band.
    expect(await frames[0].evaluate('String(CanvasRenderingContext2D.prototype.fillText)')).toContain('fillText');
    expect(await layoutShift(frames[0])).toEqual({ sum: moved, strangers });
    await setBand(fresh[0].browser, { isOn: true });
    // Labels are read with the next tick, of which a market that stands still has none.
    if (site === 'tradingview' || site === 'binance')
      await until(async () => ((await readBands(frames[0].page())).length === 1 ? true : null), 'a band');
    expect(await layoutShift(frames[0])).toEqual({ sum: moved, strangers });
    // What does move is noticed.
    await frames[0].evaluate(() => (document.body.style.paddingTop = '90px'));
    await until(async () => ((await layoutShift(frames[0])).sum > moved ? true : null), 'a shift');
    for (const frame of frames) await frame.page().close();
  });
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
    const [withBand] = charts;
    for (const point of POINTS) {
      const before = await chartState(withBand.frame);
      const [changed, without] = await Promise.all(charts.map((chart) => effect(chart, ACTIONS[name], point)));
      expect(changed, `at ${JSON.stringify(point)}`).toEqual(without);
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

it.each([
  ['tradingview', 'ready'],
  ['binance', 'ready'],
  // Labels cannot be read without a hook; nothing else of the page is harmed.
  ['bybit', null],
] as const)('does not break a strict page of %s with frozen prototypes', async (site, state) => {
  const page = await stages[0].openChart(site, { strict: 'on' });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const frame = await chartFrame(page);
  if (state === null) await until(async () => ((await hookedOrRefused(frame)) ? true : null), 'a refusal');
  else await waitForBand(page, state);
  await storm(frame, 7, 200);
  expect(errors).toEqual([]);
  await page.close();
});

it('leaves with its extension: reloaded, updated or disabled', async () => {
  const page = await stages[0].openChart('tradingview');
  const frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  const own = await stages[0].browser.openExtensionPage('manifest.json');
  await own.evaluate('void setTimeout(() => chrome.runtime.reload())');
  // Charts live: something of the page changes all the time.
  await until(async () => {
    await storm(frame, 3, 20);
    return (await readBands(page)).length === 0 ? true : null;
  }, 'no band');
  expect(await frame.evaluate(() => document.documentElement.outerHTML.includes('liqband'))).toBe(false);
});

/** All that the page's own nodes, the keyboard and a screen reader could tell of the band. */
async function remainsOf(frame: Frame) {
  const page = await frame.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const band of copy.querySelectorAll('liqband-band')) band.remove();
    return {
      html: copy.outerHTML,
      tabStops: Array.from(document.querySelectorAll<HTMLElement>('*')).filter(({ tabIndex }) => tabIndex >= 0).length,
      scroll: [
        window.scrollX,
        window.scrollY,
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
      ],
      focus: document.activeElement?.tagName,
    };
  });
  return { ...page, aria: await frame.locator('body').ariaSnapshot() };
}

/** Chromium's, and not among TypeScript's. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

/**
 * How far things have moved about since the page opened, as browsers measure it, and what moved that is not the page's: it is
 * told of no node in a closed shadow root.
 */
const layoutShift = (frame: Frame): Promise<{ readonly sum: number; readonly strangers: readonly string[] }> =>
  frame.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        const strangers: string[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries() as LayoutShift[]) {
            sum += value;
            for (const { node } of sources)
              if (node === null || node.nodeName.startsWith('LIQBAND')) strangers.push(String(node?.nodeName));
          }
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve({ sum, strangers }), 250);
      }),
  );

/** Whether the chart has been there for longer than its API is waited for. */
const hookedOrRefused = (frame: Frame): Promise<boolean> => frame.evaluate(() => performance.now() > 6_000);

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
