import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ensureBuild } from '@/scripts/build-extension';
import { ensureFirefox } from '@/scripts/find-firefox';
import { type Exchange, startExchange } from '@/tests/exchange';
import { createChartPages, PAGE_URLS } from '@/tests/pages/chart-pages';

import { until } from '../chart';
import { type Firefox, IDLE_MS, launchFirefox, type Tab } from './launch';

const executable = ensureFirefox();
if (executable === null) console.log('No Firefox here and none could be installed: its smoke test is skipped');

/** What the band's element tells, and where it is. */
interface Reading {
  readonly state: string;
  readonly reason?: string;
  readonly contract: string;
  readonly asOf: string;
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Where the chart has the prices of the top row and the bottom row of the band, in pixels of the pane. */
  readonly topY: number;
  readonly bottomY: number;
}

const READ_BAND = `(() => {
  const band = document.querySelector('liqband-band');
  if (band === null) return null;
  const { topPrice, bottomPrice } = band.dataset;
  const [topY, bottomY] = [topPrice, bottomPrice].map((price) => window.__chart.priceToY(Number(price)));
  return { ...band.dataset, topY, bottomY, rect: band.getBoundingClientRect().toJSON() };
})()`;

const COUNT_BARS = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('liqband');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const request = opening.result.transaction('bars').objectStore('bars').count();
    request.onsuccess = () => { opening.result.close(); resolve(request.result); };
  };
})`;

describe.skipIf(executable === null)('in Firefox', { timeout: 600_000 }, () => {
  let exchange: Exchange;
  let firefox: Firefox;
  let chart: Tab;
  let popup: Tab;

  const readyBand = (afterMs = 0): Promise<Reading> => {
    let last: Reading | null = null;
    return until(
      async () => {
        last = await chart.evaluate<Reading | null>(READ_BAND);
        return last?.state === 'ready' && Number(last.asOf) > afterMs ? last : null;
      },
      'a ready band',
      90_000,
    ).catch((cause: unknown) => {
      throw new Error(`There was ${JSON.stringify(last)}`, { cause });
    });
  };

  beforeAll(async () => {
    exchange = await startExchange();
    exchange.addHandler(createChartPages(exchange));
    firefox = await launchFirefox(executable!, ensureBuild('firefox'), exchange.port);
    chart = await firefox.openTab(PAGE_URLS.tradingview);
  });
  afterAll(async () => {
    await firefox?.close();
    await exchange?.close();
  });

  it('draws the band of the chart’s contract at the chart’s prices', async () => {
    const { contract, rect, topY, bottomY } = await readyBand();
    expect(contract).toBe('binance:BTCUSDT');
    expect(Math.abs(topY)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(bottomY - (rect.height - 1))).toBeLessThanOrEqual(0.5);

    await chart.toFront();
    const seen = PNG.sync.read(await chart.picture());
    const column = Math.round(rect.x + rect.width - 36);
    const colours = new Set(
      Array.from({ length: Math.floor(rect.height) }, (_, y) =>
        seen.data.readUInt32BE(((Math.round(rect.y) + y) * seen.width + column) * 4),
      ),
    );
    // Of the heat: the ground, its grid and the candles have a handful.
    expect(colours.size).toBeGreaterThan(20);
  });

  it('shows the figures in the popup', async () => {
    popup = await firefox.openTab(`${firefox.origin}/popup.html`);
    const totals = await until(async () => {
      const texts = await popup.evaluate<string[]>(
        `Array.from(document.querySelectorAll('.side-card .total'), ({ textContent }) => textContent)`,
      );
      return texts.length === 2 ? texts : null;
    }, 'totals of both sides');
    for (const total of totals) expect(total).toMatch(/^\$[\d.]+[KMB]$/);
  });

  it('keeps what it was told', async () => {
    expect(await popup.evaluate<number>(COUNT_BARS)).toBeGreaterThan(20);
  });

  it('is kept awake by its streams, which Firefox does not count', async () => {
    const counts = [exchange.connections.length];
    // Streams that are still being opened settle; an event page that was put to sleep opens its own anew each time.
    do {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS * 1.25));
      counts.push(exchange.connections.length);
    } while (counts.at(-1) !== counts.at(-2) && counts.length < 4);
    expect(await firefox.backgroundState()).toBe('running');
    expect(counts.at(-1)).toBe(counts.at(-2));
  });

  it('comes back from its store after the event page was put to sleep', async () => {
    await chart.toFront();
    const [{ asOf }, bars] = [await readyBand(), await popup.evaluate<number>(COUNT_BARS)];
    const before = exchange.connections.length;
    await firefox.suspendBackground();
    await readyBand(Number(asOf));
    await until(async () => (exchange.connections.length > before ? true : null), 'streams that are open again');
    expect(await firefox.backgroundState()).toBe('running');
    expect(await popup.evaluate<number>(COUNT_BARS)).toBeGreaterThanOrEqual(bars);
  });
});
