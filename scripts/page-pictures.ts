import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { Language } from '@/lib/core/languages';
import type { Stage } from '@/tests/e2e/stage';

import { contactSheet, type Shot } from './contact-sheet';

/** For figures to come in. */
const SETTLE_MS = 3_000;
/** What is scored needs its time. */
const PAGES = ['map', 'market', 'positions', 'alerts', 'diagnostics', 'options', 'first-run', 'score'] as const;
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

/** Every page in both themes from a side panel's width to a large screen's, and in two more languages: a sheet for each. */
export async function takePagePictures({ browser }: Stage, dir: string): Promise<string[]> {
  const page = await browser.context.newPage();
  const files: string[] = [];
  const take = async ({ file, theme, size }: Sight, scale: 'css' | 'device' = 'css'): Promise<Buffer> => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${browser.extensionId}/${file}`);
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

  for (const theme of THEMES) {
    const file = path.join(dir, `page-map-${theme}.png`);
    writeFileSync(file, await take({ file: dashboard('map'), theme, size: SIZES[1] }, 'device'));
    files.push(file);
  }
  for (const hash of PAGES) {
    const rows: Shot[][] = [];
    for (const theme of THEMES) rows.push(await sights(SIZES.map((size) => ({ file: dashboard(hash), theme, size }))));
    await sheet(`page-${hash}`, rows, SHOT_HEIGHT);
  }
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

async function speak(page: Page, extensionId: string, language: Language): Promise<void> {
  await page.goto(`chrome-extension://${extensionId}/popup.html`);
  await page.evaluate(`chrome.storage.local.set({ language: '${language}' })`);
  await page.locator(`html[lang="${language}"]`).waitFor();
}
