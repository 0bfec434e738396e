import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { installPackages, isExecutable } from './machine';

/**
 * Chromium first: branded Chrome and Edge dropped `--load-extension`, so they stand last and only as a hope.
 */
const NAMES = ['chromium', 'chromium-browser', 'chrome-for-testing', 'google-chrome', 'google-chrome-stable'];

/** Chrome for Testing as `@puppeteer/browsers` and Playwright unpack it under the user's cache. */
function cachedBrowsers(): string[] {
  const caches = [
    { dir: path.join(os.homedir(), '.cache/puppeteer/chrome'), binary: 'chrome-linux64/chrome' },
    { dir: path.join(os.homedir(), '.cache/ms-playwright'), binary: 'chrome-linux/chrome' },
    { dir: path.join(os.homedir(), '.cache/ms-playwright'), binary: 'chrome-linux64/chrome' },
  ];
  return caches.flatMap(({ dir, binary }) => {
    try {
      return readdirSync(dir).map((version) => path.join(dir, version, binary));
    } catch {
      return [];
    }
  });
}

/** Path of a browser that may load the extension, or null. `CHROME_PATH` decides when it is set. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env['CHROME_PATH']) {
    if (!isExecutable(env['CHROME_PATH'])) throw new Error(`CHROME_PATH is not an executable: ${env['CHROME_PATH']}`);
    return env['CHROME_PATH'];
  }
  const folders = [...new Set(['/usr/bin', ...(env['PATH'] ?? '').split(path.delimiter)])];
  const [chromium, chromiumBrowser, ...rest] = NAMES.map((name) => folders.map((dir) => path.join(dir, name)));
  const macApps = ['Chromium', 'Google Chrome for Testing'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
  );
  const candidates = [chromium, chromiumBrowser, cachedBrowsers(), macApps, ...rest].flat();
  return candidates.find((file) => file !== undefined && isExecutable(file)) ?? null;
}

/** A browser, installed when there is none and the machine lets us; throws with what to do otherwise. */
export function ensureBrowser(): string {
  const found = findBrowser() ?? (installPackages(['chromium', 'fonts-liberation']) ? findBrowser() : null);
  if (found === null) {
    throw new Error('No Chromium found. Install Chromium or Chrome for Testing, or set CHROME_PATH to its executable.');
  }
  return found;
}
