// Renders docs/icon.svg to the sizes that browsers and stores ask for.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { launchBrowser } from './browser';
import { indexedPng } from './pictures/indexed-png';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'public/icon');
const svg = readFileSync(path.join(root, 'docs/icon.svg'), 'utf8');

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser({ extensionDir: null, port: null, headless: true });
try {
  const page = await browser.context.newPage();
  await page.setContent(`<style>* { margin: 0 } svg { display: block }</style>${svg}`);
  for (const size of [16, 32, 48, 128]) {
    await page.locator('svg').evaluate((element, size) => element.setAttribute('width', `${size}`), size);
    const picture = await page.locator('svg').screenshot({ omitBackground: true });
    writeFileSync(path.join(folder, `${size}.png`), indexedPng(picture));
  }
} finally {
  await browser.close();
}
