// Shows the product at work: a replayed exchange, a chart page and a browser with the extension in it.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

import { type Stage, startStage } from '@/tests/e2e/stage';
import { PAGE_URLS } from '@/tests/pages/chart-pages';

import { launchBrowser } from './browser';
import { CHROME_DIR, ensureBuild } from './build-extension';
import { startDemonstration } from './demonstration';
import { takeChartPictures } from './pictures/chart-pictures';
import { takePagePictures, takeScorePictures } from './pictures/page-pictures';
import { takeStatePictures } from './pictures/state-pictures';
import { parseStartOptions, type StartOptions, USAGE } from './start-options';

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
  const exchange = { speed, ...(recording ? { dataDir: recording.dataDir, sets: [recording.set] } : {}) };
  if (screenshotDir === null) {
    const demonstration = startDemonstration({ exchange: { ...exchange, port }, browser: { headless } });
    await onStage(demonstration, (stage) => showStage(stage, site));
    return;
  }
  mkdirSync(screenshotDir, { recursive: true });
  const charts = { exchange: { ...exchange, port }, browser: { deviceScaleFactor: 2 } };
  // Charts of one market, in a device's finer pixels, and the score wait most of their time; all markets need the whole machine.
  await Promise.all([
    onStage(startStage(charts), async (stage) => list(await takeChartPictures(stage, screenshotDir))),
    takeScorePictures(screenshotDir).then(list),
  ]);
  await onStage(startDemonstration({ exchange }), async (stage) => {
    list(await takePagePictures(stage, screenshotDir));
    list(await takeStatePictures(stage, screenshotDir));
  });
}

async function onStage(starting: Promise<Stage>, work: (stage: Stage) => Promise<unknown>): Promise<void> {
  const stage = await starting;
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
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
