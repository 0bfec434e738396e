import { setTimeout } from 'node:timers/promises';

import type { Language } from '@/lib/core/languages';
import { HOUR_MS } from '@/lib/core/time';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import type { ExtensionBrowser } from '@/scripts/browser';
import { waitForBand } from '@/tests/e2e/chart';
import { type Stage, startStage } from '@/tests/e2e/stage';

import { inRows } from './contact-sheet';
import { inTurns } from './in-turns';
import { enterOwn } from './own-content';
import { allSights, createPhotographer, THEMES } from './photographer';

const PAGES = ['map', 'market', 'positions', 'alerts', 'diagnostics', 'options', 'first-run', 'score'] as const;
const OTHER_LANGUAGES = ['ja', 'ru'] as const;

/** A side panel, a laptop, a large screen. */
const NARROW = { width: 380, height: 1_000 } as const;
const LAPTOP = { width: 1440, height: 900 } as const;
const LARGE = { width: 2560, height: 1440 } as const;

/** Pages wait more than they work. */
const PAGES_AT_ONCE = 3;
/** Pages beside each other on a sheet of all of them. */
const PAGES_PER_ROW = 3;

/** Whose market liquidates most in its first hours, of the first dozen. */
const LIVELY_SEED = 10;
const SCORED_MS = 5 * HOUR_MS;
const SCORE_SPEED = 100;
const LOOK_EVERY_MS = 1_000;
const VENUES_TIMEOUT_MS = 180_000;

type Photographer = ReturnType<typeof createPhotographer>;

const dashboard = (hash: string): string => `dashboard.html#${hash}`;

/** A page in both themes from a side panel's width to a large screen's. */
async function takePage({ sights, sheet, single }: Photographer, hash: string): Promise<void> {
  const sizes = [NARROW, LAPTOP, LARGE];
  const rows = inRows(await sights(dashboard(hash), allSights(sizes)), sizes.length);
  // The one that the README shows.
  if (hash === 'map') for (const [i, [, laptop]] of rows.entries()) single(`page-map-${THEMES[i]}`, laptop);
  await sheet(
    `page-${hash}`,
    rows.map(([narrow, laptop]) => [narrow, laptop]),
  );
  await sheet(
    `page-${hash}-large`,
    rows.map((row) => row.slice(2)),
  );
}

/** All pages and the popup, wide and narrow, in both themes. */
async function takeAll({ sights, sheet }: Photographer, language: Language): Promise<void> {
  const files = ['popup.html', ...PAGES.map(dashboard)];
  const taken = await inTurns(
    files.map((file) => () => sights(file, allSights(file === 'popup.html' ? [NARROW] : [NARROW, LAPTOP]))),
    PAGES_AT_ONCE,
  );
  /** Of every page its narrow shot and, but of the popup, its wide one. */
  const inTheme = THEMES.map((_, theme) =>
    taken.map((shots) => shots.slice((theme * shots.length) / 2, ((theme + 1) * shots.length) / 2)),
  );
  await sheet(
    `pages-${language}-narrow`,
    inTheme.map((pages) => pages.map(([narrow]) => narrow)),
  );
  for (const [theme, pages] of inTheme.entries()) {
    const wide = pages.flatMap((shots) => shots.slice(1));
    await sheet(`pages-${language}-${THEMES[theme]}`, inRows(wide, PAGES_PER_ROW));
  }
}

/** Sheets of every page but the score's, and of all of them in two more languages. */
export async function takePagePictures(stage: Stage, dir: string): Promise<string[]> {
  const { browser } = stage;
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  await enterOwn(stage);
  await waitForVenues(browser);
  const photographer = createPhotographer(browser, dir);
  const own = PAGES.filter((hash) => hash !== 'score');
  await inTurns(
    own.map((hash) => () => takePage(photographer, hash)),
    PAGES_AT_ONCE,
  );
  for (const language of OTHER_LANGUAGES) {
    await speak(browser, language);
    await takeAll(photographer, language);
  }
  await speak(browser, 'en');
  return photographer.files;
}

/** The score after some hours in which the market moved, which pass quickly. */
export async function takeScorePictures(dir: string): Promise<string[]> {
  const stage = await startStage({ venues: ['binance', 'gate'], exchange: { seed: LIVELY_SEED } });
  const { browser, exchange } = stage;
  try {
    await waitForBand(await stage.openChart('tradingview'), 'ready');
    const untilMs = exchange.clock.now() + SCORED_MS;
    exchange.clock.setSpeed(SCORE_SPEED);
    while (exchange.clock.now() < untilMs) await setTimeout(LOOK_EVERY_MS);
    exchange.clock.setSpeed(1);
    const photographer = createPhotographer(browser, dir);
    await takePage(photographer, 'score');
    return photographer.files;
  } finally {
    await stage.close();
  }
}

/** Until the map is of all venues, or a machine with much else to do has had its time. */
async function waitForVenues(browser: ExtensionBrowser): Promise<void> {
  const page = await browser.openExtensionPage(dashboard('map'));
  const all = page.getByText(new RegExp(`^${Object.keys(VENUE_FACTS).length} venues`)).first();
  await all.waitFor({ timeout: VENUES_TIMEOUT_MS }).catch(() => console.log('Some venues are still missing'));
  await page.close();
}

async function speak(browser: ExtensionBrowser, language: Language): Promise<void> {
  const page = await browser.openExtensionPage('popup.html');
  await page.evaluate(`chrome.storage.local.set({ language: '${language}' })`);
  await page.locator(`html[lang="${language}"]`).waitFor();
  await page.close();
}
