import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { chromium, type BrowserContext, type Frame, type Page } from 'playwright-core';

import { ensureBrowser } from './find-browser';

/** Several browsers start at once, on machines of two cores: no wait is a verdict. */
const PATIENCE_MS = 120_000;

export { ensureBrowser };

export interface BrowserOptions {
  /** Folder of the built extension, or null for a browser without it. */
  readonly extensionDir: string | null;
  /** Loopback port that answers for every host; null leaves the browser on the real internet. */
  readonly port: number | null;
  readonly headless: boolean;
  readonly deviceScaleFactor?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Kept when given; otherwise a temporary profile that goes with the browser. */
  readonly userDataDir?: string;
}

/** A running browser with the extension loaded, driven through the DevTools protocol. */
export interface ExtensionBrowser {
  readonly context: BrowserContext;
  /** Empty without an extension. */
  readonly extensionId: string;
  openPage(url: string): Promise<Page>;
  /** A page of the extension in a tab of its own, e.g. `popup.html`. */
  openExtensionPage(file: string): Promise<Page>;
  hasServiceWorker(): boolean;
  /** Ends the worker as the browser does under memory pressure; false when none was running. */
  killServiceWorker(): Promise<boolean>;
  close(): Promise<void>;
}

/** What the band element tells about itself: the contract of its attributes. */
export interface BandReading {
  readonly state: string;
  readonly reason: string;
  readonly contract: string;
  readonly proxy: string;
  readonly topPrice: number;
  readonly bottomPrice: number;
  readonly asOfMs: number;
  /** In its own frame's CSS pixels. */
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly frame: Frame;
}

/** A loaded worker takes seconds to start or stop on a busy machine. */
const STATUS_PATIENCE_MS = 5_000;
const STATUS_TRIES = 8;

const QUIET_FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-search-engine-choice-screen',
  '--password-store=basic',
];

/**
 * The driver would have every frame told that the worker's sockets receive, by way of the browser's own process: thousands a second
 * hold up there what pages and worker say to each other.
 */
process.env.PLAYWRIGHT_DISABLE_SERVICE_WORKER_NETWORK = '1';

export async function launchBrowser(options: BrowserOptions): Promise<ExtensionBrowser> {
  const executablePath = ensureBrowser();
  const userDataDir = options.userDataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'liqband-browser-')));
  const scale = options.deviceScaleFactor ?? 1;
  const context = await chromium.launchPersistentContext(userDataDir, {
    executablePath,
    // Playwright's own headless switch would leave extensions out; the flag keeps them.
    headless: false,
    args: [
      ...QUIET_FLAGS,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.port === null
        ? []
        : [`--host-resolver-rules=MAP * 127.0.0.1:${options.port}`, '--ignore-certificate-errors']),
      // The emulated ratio alone leaves `devicePixelContentBox` at 1, and charts would draw at the wrong size.
      ...(options.headless
        ? ['--headless=new', '--disable-gpu', '--hide-scrollbars', `--force-device-scale-factor=${scale}`]
        : []),
      ...(options.extensionDir === null
        ? []
        : [`--load-extension=${options.extensionDir}`, `--disable-extensions-except=${options.extensionDir}`]),
    ],
    ...(options.headless
      ? { viewport: options.viewport ?? { width: 1200, height: 680 }, deviceScaleFactor: scale }
      : { viewport: null }),
  });
  // Also when an interrupt ends the process before anybody closes the browser.
  const removeProfile = (): void => {
    if (options.userDataDir === undefined) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', removeProfile);
  const close = async (): Promise<void> => {
    await context.close();
    process.off('exit', removeProfile);
    removeProfile();
  };
  try {
    return { ...(await drive(context, options.extensionDir !== null)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function drive(context: BrowserContext, hasExtension: boolean): Promise<Omit<ExtensionBrowser, 'close'>> {
  const browser = context.browser();
  if (browser === null) throw new Error('The browser gave no DevTools session');
  const devTools = await browser.newBrowserCDPSession();
  const worker = await watchWorker(context);

  let extensionId = '';
  if (hasExtension) {
    const handle =
      context.serviceWorkers()[0] ??
      (await context.waitForEvent('serviceworker', { timeout: 15_000 }).catch(() => {
        throw new Error('The browser did not load the extension: branded Chrome and Edge refuse it, use Chromium');
      }));
    extensionId = new URL(handle.url()).host;
    await worker.until('running');
  }

  context.setDefaultTimeout(PATIENCE_MS);
  const openPage = async (url: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return {
    context,
    extensionId,
    openPage,
    openExtensionPage: (file) => openPage(`chrome-extension://${extensionId}/${file}`),
    hasServiceWorker: () => worker.status() !== 'stopped',
    killServiceWorker: async () => {
      if (worker.status() === 'stopped') return false;
      // Asked while it starts, the browser ignores the request.
      await worker.until('running');
      const isOurs = ({ type, url }: { type: string; url: string }): boolean =>
        type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`);
      const close = async (): Promise<void> => {
        const { targetInfos } = await devTools.send('Target.getTargets');
        for (const { targetId } of targetInfos.filter(isOurs)) await devTools.send('Target.closeTarget', { targetId });
      };
      await worker.until('stopped', close);
      return true;
    },
  };
}

/** Follows whether the extension's worker runs: the target list cannot tell, since a restarted worker keeps its id there. */
async function watchWorker(context: BrowserContext) {
  const session = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
  const changes = new EventEmitter();
  let current = 'stopped';
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { scriptURL, runningStatus } of versions) {
      if (!scriptURL.startsWith('chrome-extension://') || runningStatus === current) continue;
      current = runningStatus;
      changes.emit(current);
    }
  });
  await session.send('ServiceWorker.enable');
  const status = (): string => current;
  return {
    status,
    /** Acts before each look, since on a busy machine a request may get lost. */
    until: async (wanted: 'running' | 'stopped', act: () => Promise<void> = async () => {}): Promise<void> => {
      for (let tries = 0; status() !== wanted; tries++) {
        if (tries === STATUS_TRIES) throw new Error(`The worker is not ${wanted}, but ${status()}`);
        const changed = once(changes, wanted, { signal: AbortSignal.timeout(STATUS_PATIENCE_MS) }).catch(() => {});
        await act();
        await changed;
      }
    },
  };
}

/** Every band on the page, also those inside frames. */
export async function readBands(page: Page): Promise<BandReading[]> {
  const perFrame = await Promise.all(
    page.frames().map(async (frame) => {
      const readings = await frame.evaluate(readBandsHere).catch(() => []);
      return readings.map((reading) => ({ ...reading, frame }));
    }),
  );
  return perFrame.flat();
}

/** Runs in the page. */
function readBandsHere(): Omit<BandReading, 'frame'>[] {
  return Array.from(document.querySelectorAll<HTMLElement>('liqband-band'), (band) => {
    const { y, right, width: paneWidth, height } = band.getBoundingClientRect();
    // It covers the pane; the band takes so much of it.
    const own = band.style.getPropertyValue('--width');
    const width = own === '100%' ? paneWidth : Math.min(paneWidth, Number.parseFloat(own));
    const { state, reason, contract, proxy, topPrice, bottomPrice, asOf } = band.dataset;
    return {
      state: state ?? '',
      reason: reason ?? '',
      contract: contract ?? '',
      proxy: proxy ?? '',
      topPrice: Number(topPrice ?? 'NaN'),
      bottomPrice: Number(bottomPrice ?? 'NaN'),
      asOfMs: Number(asOf ?? 'NaN'),
      rect: { x: right - width, y, width, height },
    };
  });
}
