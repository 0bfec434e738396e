import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { ExtensionBrowser } from '@/scripts/browser';

import { contactSheet, type Shot } from './contact-sheet';

/** For figures to come in, and for a page to be painted in another theme or size. */
const SETTLE_MS = 3_000;
const REPAINT_MS = 1_000;

export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];
export type Size = Readonly<Record<'width' | 'height', number>>;

/** How a user sees a page. */
export interface Sight {
  readonly theme: Theme;
  readonly size: Size;
}

/** Every theme in every size. */
export const allSights = (sizes: readonly Size[]): Sight[] =>
  THEMES.flatMap((theme) => sizes.map((size) => ({ theme, size })));

/** Takes sights of the extension's pages, each in a tab of its own, and puts them on sheets; knows the files it wrote. */
export function createPhotographer({ context, extensionId }: ExtensionBrowser, dir: string) {
  const files: string[] = [];
  return {
    files,
    /** A page, opened once, as it is seen in each of these. */
    sights: async (file: string, all: readonly Sight[]): Promise<Shot[]> => {
      const page = await context.newPage();
      const look = async ({ theme, size }: Sight): Promise<void> => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
      };
      await look(all[0]);
      await page.goto(`chrome-extension://${extensionId}/${file}`);
      await setTimeout(SETTLE_MS);
      const shots: Shot[] = [];
      for (const sight of all) {
        await look(sight);
        await setTimeout(REPAINT_MS);
        const caption = `${file.replace(/^.*#|\.html/g, '')}, ${sight.theme}, ${sight.size.width} px`;
        shots.push({ caption, png: await page.screenshot({ scale: 'css' }) });
      }
      await page.close();
      return shots;
    },
    single: (name: string, { png }: Shot): void => {
      const file = path.join(dir, `${name}.png`);
      writeFileSync(file, png);
      files.push(file);
    },
    sheet: async (name: string, rows: readonly (readonly Shot[])[]): Promise<void> => {
      const file = path.join(dir, `${name}.png`);
      const page = await context.newPage();
      await contactSheet(page, rows, file);
      await page.close();
      files.push(file);
    },
  };
}
