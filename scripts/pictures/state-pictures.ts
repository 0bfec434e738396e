import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import { until } from '@/tests/e2e/chart';
import { breakDisk } from '@/tests/e2e/faults/store-faults';
import { openPopup } from '@/tests/e2e/popup';
import type { Stage } from '@/tests/e2e/stage';

import { contactSheet, inRows, type Shot } from './contact-sheet';
import { type Size, THEMES } from './photographer';

/** For figures, and for a page to learn what is wrong. */
const SETTLE_MS = 5_000;
/** For a map to be painted in another theme. */
const REPAINT_MS = 1_500;
/** For a page of figures. */
const REDRAW_MS = 400;
/** A page of history then comes slowly enough to be seen coming. */
const SLOW_MS = 2_000;
const BEGUN_TIMEOUT_MS = 60_000;

/** What is seen of a state besides popup and map. */
const OTHER_PAGES = ['market', 'score', 'alerts', 'positions', 'diagnostics'] as const;
const POPUP = { width: 380, height: 600 } as const;
const WIDE = { width: 1440, height: 900 } as const;
/** A window beside a chart: a state is told at a page's top. */
const BESIDE = { width: 760, height: 520 } as const;
const MAPS_PER_ROW = 2;

/** Of one state, or of one page in it: a shot a theme. */
type InThemes = readonly Shot[];

/** All pages in both themes while something is wrong or missing; the stage is of no further use. Returns the files. */
export async function takeStatePictures({ browser, exchange }: Stage, dir: string): Promise<string[]> {
  const popups: InThemes[] = [];
  const maps: InThemes[] = [];
  /** Of each state all of the other pages. */
  const others: InThemes[][] = [];

  const openMap = () => browser.openExtensionPage('dashboard.html#map');
  /** Opens the pages, lets `happen` what it is about, and takes all of them. */
  const show = async (name: string, happen: (pages: readonly Page[]) => Promise<unknown>): Promise<void> => {
    const [popup, map, other] = await Promise.all([openPopup(browser), openMap(), openMap()]);
    await setTimeout(SETTLE_MS);
    await happen([popup, map, other]);
    popups.push(await take(popup, name, POPUP));
    maps.push(await take(map, `map, ${name}`, WIDE, REPAINT_MS));
    const taken: InThemes[] = [];
    for (const page of OTHER_PAGES) {
      await other.evaluate((hash) => void (location.hash = hash), page);
      taken.push(await take(other, `${page}, ${name}`, BESIDE));
    }
    others.push(taken);
    await Promise.all([popup.close(), map.close(), other.close()]);
  };
  const settled = () => setTimeout(SETTLE_MS);
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

  await show('offline', async () => {
    await browser.context.setOffline(true);
    await settled();
  });
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
    await settled();
  });
  await show('storage full', async () => {
    await breakDisk({ browser: () => browser }, 'full');
    await settled();
  });

  await closeCharts();
  await browser.killServiceWorker();
  exchange.setFault({ target: 'all', kind: 'status', status: 451 });
  await show('blocked', settled);
  exchange.clearFaults();

  await browser.killServiceWorker();
  await inExtension(`new Promise((done) => {
    const gone = indexedDB.deleteDatabase('liqband');
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  })`);
  exchange.setFault({ target: 'rest', kind: 'latency', delayMs: SLOW_MS });
  await show('loading', async ([popup]) => {
    const daysDone = () => popup.evaluate<number>(`document.querySelector('.filling progress')?.value ?? 0`);
    await until(async () => (await daysDone()) > 0 || null, 'the first days of history', BEGUN_TIMEOUT_MS);
    // Nothing more is told until the pictures are taken, however long that is.
    await browser.context.serviceWorkers()[0].evaluate('globalThis.fetch = () => new Promise(() => {})');
  });
  exchange.clearFaults();

  await inExtension(`chrome.storage.local.remove('last-contract')`);
  await browser.killServiceWorker();
  await show('no chart', settled);

  const page = await browser.context.newPage();
  const files: string[] = [];
  const sheet = async (name: string, rows: readonly (readonly Shot[])[]): Promise<void> => {
    const file = path.join(dir, `${name}.png`);
    await contactSheet(page, rows, file);
    files.push(file);
  };
  await sheet(
    'states-popup',
    THEMES.map((_, theme) => popups.map((shots) => shots[theme])),
  );
  for (const [theme, name] of THEMES.entries()) {
    const ofMap = maps.map((shots) => shots[theme]);
    await sheet(`states-map-${name}`, inRows(ofMap, MAPS_PER_ROW));
    await sheet(
      `states-pages-${name}`,
      OTHER_PAGES.map((_, i) => others.map((pages) => pages[i][theme])),
    );
  }
  await page.close();
  return files;
}

async function take(page: Page, name: string, size: Size, paintMs = REDRAW_MS): Promise<InThemes> {
  const taken: Shot[] = [];
  await page.setViewportSize(size);
  await page.bringToFront();
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await setTimeout(paintMs);
    taken.push({ caption: `${name}, ${theme}`, png: await page.screenshot({ scale: 'css' }) });
  }
  return taken;
}
