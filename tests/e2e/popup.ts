import type { Page } from 'playwright-core';

import type { ExtensionBrowser } from '@/scripts/browser';

/** The popup in a tab of its own, as wide as the real one. */
export async function openPopup(browser: ExtensionBrowser): Promise<Page> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 380, height: 900 });
  await page.goto(`chrome-extension://${browser.extensionId}/popup.html`);
  return page;
}

/** What the popup says about each stream, by the stream's name in words. */
export interface StreamRow {
  readonly state: string;
  readonly brokenCount: number;
}

export async function streamRows(popup: Page): Promise<Readonly<Record<string, StreamRow>>> {
  const rows = await popup.$$eval('.streams tbody tr', (elements) =>
    elements.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
  );
  return Object.fromEntries(rows.map(([name, state, broken]) => [name, { state, brokenCount: Number(broken) }]));
}

/** What the popup says about each venue, by its name. */
export interface VenueRow {
  readonly state: string;
  /** Of the market's open interest, as it is written. */
  readonly share: string;
}

export async function venueRows(popup: Page): Promise<Readonly<Record<string, VenueRow>>> {
  const rows = await popup.$$eval('.venues li', (elements) =>
    elements.map((row) => ({
      name: row.querySelector('[role="switch"]')?.getAttribute('aria-label')?.replace('Count ', '') ?? '',
      state: row.querySelector('.state')?.textContent?.trim() ?? '',
      share: row.querySelector('.figure')?.textContent?.trim() ?? '',
    })),
  );
  return Object.fromEntries(rows.map(({ name, state, share }) => [name, { state, share }]));
}
