// Both production builds, held against their size budgets. Exits 1 when one is exceeded.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { buildExtension } from './build-extension';

const KB = 1_000;
const TARGETS = [
  { browser: 'chrome', dir: '.output/chrome-mv3' },
  { browser: 'firefox', dir: '.output/firefox-mv3' },
] as const;
const CHART_SCRIPTS = ['/content-scripts/band.js', '/styles.js'];

let isWithinBudget = true;
for (const { browser, dir } of TARGETS) {
  buildExtension(browser);
  console.log(`\n${browser}, gzip`);
  report('band script', sizeOf([path.join(dir, 'content-scripts/band.js')]), 20 * KB);
  report('styles script', sizeOf([path.join(dir, 'styles.js')]), 8.6 * KB);
  report('scale script', sizeOf([path.join(dir, 'content-scripts/scale.js')]), 6 * KB);
  report('popup with uPlot', sizeOf(reachable(path.join(dir, 'popup.html'))), 45 * KB);
  report('dashboard', sizeOf(reachable(path.join(dir, 'dashboard.html'))), 87 * KB);
  const isText = (file: string) => /[\\/](?:words|_locales)[\\/]/.test(file);
  const files = allFiles(dir);
  report('texts', sizeOf(files.filter(isText)), 82.2 * KB);
  report('whole but texts', sizeOf(files.filter((file) => !isText(file))), 250 * KB);
}
process.exitCode = isWithinBudget ? 0 : 1;

function report(name: string, bytes: number, budget: number): void {
  const isOver = bytes > budget;
  if (isOver) isWithinBudget = false;
  const kilobytes = (value: number): string => (value / KB).toFixed(1).padStart(6);
  console.log(`  ${name.padEnd(18)}${kilobytes(bytes)} of ${kilobytes(budget)} kB${isOver ? '  OVER BUDGET' : ''}`);
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

function allFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A page with every script and sheet that it loads, at once or later; what charts load has sizes of its own. */
function reachable(page: string): string[] {
  const root = path.dirname(page);
  const found = new Set([page]);
  for (const file of found) {
    const text = readFileSync(file, 'utf8');
    for (const [, reference] of text.matchAll(/["'`]((?:\.{1,2})?\/?[\w./-]+\.(?:js|css))["'`]/g)) {
      const target = reference.startsWith('.')
        ? path.resolve(path.dirname(file), reference)
        : path.resolve(root, reference.replace(/^\//, ''));
      const isOurs =
        !CHART_SCRIPTS.some((script) => target.endsWith(script)) &&
        allFiles(root).some((known) => path.resolve(known) === target);
      if (isOurs) found.add(path.relative('.', target));
    }
  }
  return [...found];
}
