import { writeFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

import { indexedPng } from './indexed-png';

/** One picture of a sheet. */
export interface Shot {
  readonly caption: string;
  readonly png: Buffer;
}

/** CSS pixels. */
const GAP = 16;
const CAPTION_HEIGHT = 20;

/** Rows of pictures in their own size, so that their words can be read, with what each is of above it. */
export async function contactSheet(page: Page, rows: readonly (readonly Shot[])[], file: string): Promise<void> {
  const cell = ({ caption, png }: Shot) =>
    `<figure><figcaption>${caption}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`;
  await page.goto('about:blank');
  await page.setContent(`<style>
    body { display: inline-block; margin: 0; padding: ${GAP}px; background: #7c838f; }
    div { display: flex; gap: ${GAP}px; margin-bottom: ${GAP}px; width: max-content; }
    figure { margin: 0; }
    figcaption { height: ${CAPTION_HEIGHT}px; color: #fff; font: 600 12px/16px sans-serif; }
    img { display: block; }
  </style>${rows.map((row) => `<div>${row.map(cell).join('')}</div>`).join('')}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  // A machine with much else to do draws a large sheet late.
  const png = await page.locator('body').screenshot({ scale: 'css', timeout: 120_000 });
  writeFileSync(file, indexedPng(png));
}

/** So many shots a row. */
export const inRows = (shots: readonly Shot[], perRow: number): Shot[][] =>
  Array.from({ length: Math.ceil(shots.length / perRow) }, (_, row) => shots.slice(row * perRow, (row + 1) * perRow));
