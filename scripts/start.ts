// Shows the product at work: a replayed exchange, a chart page and a browser with the extension in it.
import { once } from 'node:events';

import { type Stage, startStage } from '@/tests/e2e/stage';
import { PAGE_URLS } from '@/tests/pages/chart-pages';

import { launchBrowser } from './browser';
import { CHROME_DIR, ensureBuild } from './build-extension';
import { takePagePictures, takeScorePictures } from './page-pictures';
import { parseStartOptions, type StartOptions, USAGE } from './start-options';
import { takeStatePictures } from './state-pictures';
import { takePictures } from './take-pictures';

try {
  const options = parseStartOptions(process.argv.slice(2));
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!options.headless && !hasDisplay) throw new Error('There is no display: add --headless --screenshot DIR');
  ensureBuild('chrome');
  await (options.isLive ? showLive(options) : showReplay(options));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  const isUsage = error instanceof Error && (error.message.startsWith('--') || 'code' in error);
  if (isUsage) console.error(`\n${USAGE}`);
  process.exitCode = 1;
}

async function showReplay({ site, headless, screenshotDir, recording, speed, port }: StartOptions): Promise<void> {
  console.log(recording ? `Replaying ${recording.set}` : 'No recordings: showing a synthetic market');
  const stage = await startStage({
    exchange: { speed, port, ...(recording ? { dataDir: recording.dataDir, sets: [recording.set] } : {}) },
    browser: { headless, ...(screenshotDir ? { deviceScaleFactor: 2 } : {}) },
  });
  try {
    if (screenshotDir === null) await showStage(stage, site);
    else for (const take of [takePictures, takePagePictures, takeStatePictures]) list(await take(stage, screenshotDir));
  } finally {
    await stage.close();
  }
  if (screenshotDir !== null) list(await takeScorePictures(screenshotDir));
}

function list(files: readonly string[]): void {
  for (const file of files) console.log(file);
}

async function showStage(stage: Stage, site: StartOptions['site']): Promise<void> {
  await stage.openChart(site);
  console.log(`
  Chart      ${PAGE_URLS[site]}, in the browser that has just opened
  Band       at the right edge of the chart, once the history is loaded
  Popup      the Liqband icon behind the puzzle piece, or chrome-extension://${stage.browser.extensionId}/popup.html
  Others     ${Object.values(PAGE_URLS).join('\n             ')}
  Exchange   127.0.0.1:${stage.exchange.port}; inside this browser every host name leads there
  To stop    Ctrl+C, or close the browser
`);
  await stopped(stage.browser.context);
}

async function showLive({ site, headless }: StartOptions): Promise<void> {
  const browser = await launchBrowser({ extensionDir: CHROME_DIR, port: null, headless });
  try {
    await browser.openPage(PAGE_URLS[site]);
    console.log(`\n  Chart      ${PAGE_URLS[site]}, on the real internet\n  To stop    Ctrl+C, or close the browser\n`);
    await stopped(browser.context);
  } finally {
    await browser.close();
  }
}

/** Until the user interrupts or closes the browser. */
async function stopped(context: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  await Promise.race([
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
    new Promise<void>((resolve) => context.once('close', resolve)),
  ]);
}
