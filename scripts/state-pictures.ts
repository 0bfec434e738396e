import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { breakDisk } from '@/tests/e2e/faults/store-faults';
import { openPopup } from '@/tests/e2e/popup';
import type { Stage } from '@/tests/e2e/stage';

import { contactSheet, type Shot } from './contact-sheet';

/** For figures, and for a page to learn what is wrong. */
const SETTLE_MS = 5_000;
/** For a map to be painted in another theme. */
const REPAINT_MS = 1_500;
/** For a page of figures. */
const REDRAW_MS = 400;
/** A page of history then comes slowly enough to be seen coming. */
const SLOW_MS = 3_500;

/** What is seen of a state besides popup and map. */
const OTHER_PAGES = ['market', 'score', 'alerts', 'positions', 'diagnostics'] as const;
const WIDE = { width: 1440, height: 900 } as const;

/** All pages in both themes while something is wrong or missing; the stage is of no further use. Returns the files. */
export async function takeStatePictures({ browser, exchange }: Stage, dir: string): Promise<string[]> {
  mkdirSync(dir, { recursive: true });
  const shots = { popup: [] as Shot[][], map: [] as Shot[][] };
  /** Of each of the other pages, a state after the other. */
  const others = new Map<string, Shot[][]>(OTHER_PAGES.map((name) => [name, []]));

  const take = async (
    page: Page,
    name: string,
    size: { width: number; height: number },
    paintMs = REPAINT_MS,
  ): Promise<Shot[]> => {
    const taken: Shot[] = [];
    await page.setViewportSize(size);
    await page.bringToFront();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await setTimeout(paintMs);
      taken.push({ caption: `${name}, ${colorScheme}`, png: await page.screenshot({ scale: 'css' }) });
    }
    return taken;
  };
  /** Opens popup and map, lets `happen` what it is about, and takes both. */
  const show = async (name: string, happen: (pages: readonly Page[]) => Promise<unknown>): Promise<void> => {
    const popup = await openPopup(browser);
    const map = await browser.context.newPage();
    await map.goto(`chrome-extension://${browser.extensionId}/dashboard.html#map`);
    await setTimeout(SETTLE_MS);
    await happen([popup, map]);
    await setTimeout(SETTLE_MS);
    shots.popup.push(await take(popup, name, { width: 380, height: 480 }));
    shots.map.push(await take(map, name, WIDE));
    for (const [page, taken] of others) {
      await map.evaluate((hash) => void (location.hash = hash), page);
      await setTimeout(REPAINT_MS);
      taken.push(await take(map, `${page}, ${name}`, WIDE, REDRAW_MS));
    }
    await Promise.all([popup.close(), map.close()]);
  };
  const inExtension = async (script: string): Promise<void> => {
    const page = await browser.openExtensionPage('manifest.json');
    await page.evaluate(script);
    await page.close();
  };
  const closeCharts = () =>
    Promise.all(
      browser.context
        .pages()
        .filter((page) => page.url().startsWith('https:'))
        .map((page) => page.close()),
    );

  await show('offline', () => browser.context.setOffline(true));
  await browser.context.setOffline(false);
  await show('another version installed', async (pages) => {
    // What a page meets whose extension was replaced.
    const orphan = () => {
      const { runtime } = (globalThis as unknown as { chrome: { runtime: { connect: () => never } } }).chrome;
      runtime.connect = () => {
        throw new Error('Extension context invalidated.');
      };
    };
    await Promise.all(pages.map((page) => page.evaluate(orphan)));
    await browser.killServiceWorker();
  });
  await show('storage full', () => breakDisk({ browser: () => browser }, 'full'));

  await closeCharts();
  await browser.killServiceWorker();
  exchange.setFault({ target: 'all', kind: 'status', status: 451 });
  await show('blocked', async () => {});
  exchange.clearFaults();

  await browser.killServiceWorker();
  await inExtension(`new Promise((done) => {
    const gone = indexedDB.deleteDatabase('liqband');
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  })`);
  exchange.setFault({ target: 'rest', kind: 'latency', delayMs: SLOW_MS });
  await show('loading', async () => {});
  exchange.clearFaults();

  await inExtension(`chrome.storage.local.remove('last-contract')`);
  await browser.killServiceWorker();
  await show('no chart', async () => {});

  const page = await browser.context.newPage();
  const files = (['popup', 'map'] as const).map((of) => ({ of, file: path.join(dir, `states-${of}.png`) }));
  for (const { of, file } of files) {
    const byTheme = [0, 1].map((theme) => shots[of].map((taken) => taken[theme]));
    const rows = of === 'popup' ? byTheme : byTheme.flatMap((row) => [row.slice(0, 3), row.slice(3)]);
    await contactSheet(page, rows, of === 'popup' ? 400 : 450, file);
  }
  const file = path.join(dir, 'states-pages.png');
  const rows = [0, 1].flatMap((theme) => [...others.values()].map((states) => states.map((taken) => taken[theme])));
  await contactSheet(page, rows, 240, file);
  await page.close();
  return [...files.map((each) => each.file), file];
}
