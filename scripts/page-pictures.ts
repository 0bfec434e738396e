import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { Language } from '@/lib/core/languages';
import { HOUR_MS } from '@/lib/core/time';
import { waitForBand } from '@/tests/e2e/chart';
import { type Stage, startStage } from '@/tests/e2e/stage';

import { contactSheet, type Shot } from './contact-sheet';

/** For figures to come in. */
const SETTLE_MS = 3_000;
const PAGES = ['map', 'market', 'positions', 'alerts', 'diagnostics', 'options', 'first-run', 'score'] as const;
/** Whose market liquidates most in its first hours, of the first dozen. */
const LIVELY_SEED = 10;
const SCORED_MS = 5 * HOUR_MS;
const SCORE_SPEED = 100;
const THEMES = ['dark', 'light'] as const;
const OTHER_LANGUAGES = ['ja', 'ru'] as const;

/** A side panel, a laptop, a large screen. */
const SIZES = [
  { width: 380, height: 1_000 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
] as const;
const POPUP = { width: 380, height: 1_000 } as const;
/** CSS pixels of a sheet. */
const SHOT_HEIGHT = 576;

type Size = Readonly<Record<'width' | 'height', number>>;
type Theme = (typeof THEMES)[number];

/** A page of the extension as a user sees it. */
interface Sight {
  readonly file: string;
  readonly theme: Theme;
  readonly size: Size;
}

const dashboard = (hash: string): string => `dashboard.html#${hash}`;

/** Takes sights of the extension's pages with one page of the browser, and lists the files it wrote. */
function createPhotographer(page: Page, extensionId: string, dir: string) {
  const files: string[] = [];
  const take = async ({ file, theme, size }: Sight, scale: 'css' | 'device' = 'css'): Promise<Buffer> => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${extensionId}/${file}`);
    await setTimeout(SETTLE_MS);
    return page.screenshot({ scale });
  };
  const shot = async (sight: Sight): Promise<Shot> => ({
    caption: `${sight.file.replace(/^.*#|\.html/g, '')}, ${sight.theme}, ${sight.size.width} px`,
    png: await take(sight),
  });
  const sheet = async (name: string, rows: readonly (readonly Shot[])[], height: number): Promise<void> => {
    const file = path.join(dir, `${name}.png`);
    await contactSheet(page, rows, height, file);
    files.push(file);
  };
  const sights = async (all: readonly Sight[]): Promise<Shot[]> => {
    const shots: Shot[] = [];
    for (const sight of all) shots.push(await shot(sight));
    return shots;
  };
  /** A page in both themes from a side panel's width to a large screen's. */
  const pageSheet = async (hash: string): Promise<void> => {
    const rows: Shot[][] = [];
    for (const theme of THEMES) rows.push(await sights(SIZES.map((size) => ({ file: dashboard(hash), theme, size }))));
    await sheet(`page-${hash}`, rows, SHOT_HEIGHT);
  };
  return { files, take, sights, sheet, pageSheet };
}

/** A sheet of every page but the score's, and of all of them in two more languages. */
export async function takePagePictures({ browser }: Stage, dir: string): Promise<string[]> {
  const page = await browser.context.newPage();
  const { files, take, sights, sheet, pageSheet } = createPhotographer(page, browser.extensionId, dir);
  for (const theme of THEMES) {
    const file = path.join(dir, `page-map-${theme}.png`);
    writeFileSync(file, await take({ file: dashboard('map'), theme, size: SIZES[1] }, 'device'));
    files.push(file);
  }
  for (const hash of PAGES) if (hash !== 'score') await pageSheet(hash);
  for (const language of OTHER_LANGUAGES) {
    await speak(page, browser.extensionId, language);
    const rows: Shot[][] = [];
    for (let row = 0; row < 3; row++) {
      const theme = THEMES[row % 2];
      const pages = PAGES.map((hash) => ({ file: dashboard(hash), theme, size: SIZES[1] }));
      const all = [{ file: 'popup.html', theme, size: POPUP }, ...pages];
      rows.push(await sights(all.slice(3 * row, 3 * row + 3)));
    }
    await sheet(`pages-${language}`, rows, 450);
  }
  await speak(page, browser.extensionId, 'en');
  await page.close();
  return files;
}

/** The score after some hours in which the market moved, which pass quickly. */
export async function takeScorePictures(dir: string): Promise<string[]> {
  const stage = await startStage({
    venues: ['binance', 'gate'],
    exchange: { seed: LIVELY_SEED },
  });
  const { browser, exchange } = stage;
  try {
    await waitForBand(await stage.openChart('tradingview'), 'ready');
    const untilMs = exchange.clock.now() + SCORED_MS;
    exchange.clock.setSpeed(SCORE_SPEED);
    while (exchange.clock.now() < untilMs) await setTimeout(SETTLE_MS);
    exchange.clock.setSpeed(1);
    const photographer = createPhotographer(await browser.context.newPage(), browser.extensionId, dir);
    await photographer.pageSheet('score');
    return photographer.files;
  } finally {
    await stage.close();
  }
}

async function speak(page: Page, extensionId: string, language: Language): Promise<void> {
  await page.goto(`chrome-extension://${extensionId}/popup.html`);
  await page.evaluate(`chrome.storage.local.set({ language: '${language}' })`);
  await page.locator(`html[lang="${language}"]`).waitFor();
}
