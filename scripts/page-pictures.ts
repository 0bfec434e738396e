import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { Language } from '@/lib/core/languages';
import { HOUR_MS } from '@/lib/core/time';
import { waitForBand } from '@/tests/e2e/chart';
import { type Stage, startStage } from '@/tests/e2e/stage';

import { contactSheet, type Shot } from './contact-sheet';
import { enterOwn } from './own-content';

/** For figures to come in, and for a page to be painted in another theme or size. */
const SETTLE_MS = 3_000;
const REPAINT_MS = 1_000;
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
/** CSS pixels of a sheet; of one with all pages. */
const SHOT_HEIGHT = 576;
const SMALL_HEIGHT = 360;
/** Pages beside each other, wide and narrow, on a sheet of all. */
const PAGES_PER_ROW = 3;

type Size = Readonly<Record<'width' | 'height', number>>;
type Theme = (typeof THEMES)[number];

/** How a user sees a page. */
interface Sight {
  readonly theme: Theme;
  readonly size: Size;
}

const dashboard = (hash: string): string => `dashboard.html#${hash}`;

/** Takes sights of the extension's pages with one page of the browser, and lists the files it wrote. */
function createPhotographer(page: Page, extensionId: string, dir: string) {
  const files: string[] = [];
  const look = async ({ theme, size }: Sight): Promise<void> => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
  };
  const open = async (file: string, sight: Sight): Promise<void> => {
    await look(sight);
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${extensionId}/${file}`);
    await setTimeout(SETTLE_MS);
  };
  /** A page, opened once, as it is seen in each of these. */
  const sights = async (file: string, all: readonly Sight[]): Promise<Shot[]> => {
    const shots: Shot[] = [];
    await open(file, all[0]);
    for (const sight of all) {
      await look(sight);
      await setTimeout(REPAINT_MS);
      const caption = `${file.replace(/^.*#|\.html/g, '')}, ${sight.theme}, ${sight.size.width} px`;
      shots.push({ caption, png: await page.screenshot({ scale: 'css' }) });
    }
    return shots;
  };
  const sheet = async (name: string, rows: readonly (readonly Shot[])[], height: number): Promise<void> => {
    const file = path.join(dir, `${name}.png`);
    await contactSheet(page, rows, height, file);
    files.push(file);
  };
  /** A page in both themes from a side panel's width to a large screen's. */
  const pageSheet = async (hash: string): Promise<void> => {
    const taken = await sights(
      dashboard(hash),
      THEMES.flatMap((theme) => SIZES.map((size) => ({ theme, size }))),
    );
    await sheet(`page-${hash}`, [taken.slice(0, SIZES.length), taken.slice(SIZES.length)], SHOT_HEIGHT);
  };
  /** One page in the device's own pixels. */
  const large = async (name: string, file: string, sight: Sight): Promise<void> => {
    const written = path.join(dir, `${name}.png`);
    await open(file, sight);
    writeFileSync(written, await page.screenshot({ scale: 'device' }));
    files.push(written);
  };
  return { files, sights, sheet, pageSheet, large };
}

/** A sheet of every page but the score's, and of all of them in two more languages. */
export async function takePagePictures(stage: Stage, dir: string): Promise<string[]> {
  const { browser } = stage;
  await enterOwn(stage);
  const page = await browser.context.newPage();
  const { files, sights, sheet, pageSheet, large } = createPhotographer(page, browser.extensionId, dir);
  for (const theme of THEMES) await large(`page-map-${theme}`, dashboard('map'), { theme, size: SIZES[1] });
  for (const hash of PAGES) if (hash !== 'score') await pageSheet(hash);
  const [narrow, wide] = SIZES;
  for (const language of OTHER_LANGUAGES) {
    await speak(page, browser.extensionId, language);
    const ofPage = new Map<string, Shot[]>();
    for (const file of ['popup.html', ...PAGES.map(dashboard)]) {
      const sizes = file === 'popup.html' ? [narrow] : [wide, narrow];
      ofPage.set(
        file,
        await sights(
          file,
          THEMES.flatMap((theme) => sizes.map((size) => ({ theme, size }))),
        ),
      );
    }
    const rows = THEMES.flatMap((_, i) => {
      const half = (shots: Shot[]) => shots.slice((i * shots.length) / 2, ((i + 1) * shots.length) / 2);
      const pages = [...ofPage.values()].map(half);
      return [0, 1, 2].map((row) => pages.slice(PAGES_PER_ROW * row, PAGES_PER_ROW * (row + 1)).flat());
    });
    await sheet(`pages-${language}`, rows, SMALL_HEIGHT);
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
