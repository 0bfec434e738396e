import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readBands } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';
import { PAGE_URLS } from '@/tests/pages/chart-pages';

import { chartFrame, settledScaleError, until, waitForBand } from './chart';
import { BTCUSDT, readProfile } from './extension';
import { hidePage, showPage } from './hide-page';
import { hurriedNow, hurryBackground } from './hurry';
import { startStage, type Stage } from './stage';

/** Figures of a position that nothing else on the page could be. */
const OWN = { entryPrice: 51_234.5, size: 0.987_654, leverage: 17 };
const POSITION = {
  id: 'p1',
  contractId: BTCUSDT,
  positionSide: 'long',
  entryPrice: OWN.entryPrice,
  size: OWN.size,
  sizeUnit: 'base',
  margin: { kind: 'leverage', leverage: OWN.leverage },
};
/** What lingers after its last watcher goes that much sooner. */
const HURRY = 5;
const TOLERANCE_PX = 0.5;
/** What Chromium itself asks for, whatever is installed; the policy in our manifest lets nothing of ours reach them. */
const BROWSER_OWN = ['https://accounts.google.com', 'https://update.googleapis.com'];

let stage: Stage;
let page: Page;
let frame: Frame;

/** A chart that nobody attacks: what a hostile page does must not reach it. */
let bystander: Page;

beforeAll(async () => {
  stage = await startStage({ exchange: { machineNow: hurriedNow(HURRY) }, venues: ['binance'] });
  await hurryBackground(stage.browser, HURRY);
  const own = await stage.browser.openExtensionPage('manifest.json');
  await own.evaluate(`chrome.storage.local.set({ 'own-positions': ${JSON.stringify([POSITION])} })`);
  await own.close();
  bystander = await stage.openChart('tradingview');
  page = await stage.openChart('tradingview');
  frame = await chartFrame(page);
  await waitForBand(bystander, 'ready');
  await waitForBand(page, 'ready');
});
afterAll(() => stage?.close());

const isRight = async (): Promise<void> => {
  await waitForBand(page, 'ready');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(TOLERANCE_PX);
  expect((await waitForBand(bystander, 'ready')).contract).toBe(BTCUSDT);
};

/** Marks where the reader announces the chart, as a page would find it: it listens. */
const paneOf = () =>
  frame.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const mark = ({ target }: Event): void => {
          (target as Element).setAttribute('data-target', '');
          resolve();
        };
        document.addEventListener('liqband:scale', mark, { once: true, capture: true });
        document.dispatchEvent(new CustomEvent('liqband:scale-request'));
      }),
  );

describe('a page that lies', () => {
  it('tells nonsense about its scale and harms only its own band, until it stops', async () => {
    await paneOf();
    await frame.evaluate(() => {
      const pane = document.querySelector('[data-target]')!;
      const long = `ready\n${'x'.repeat(4_000)}\napi\n500\n0\n\n2,1\n`;
      const details = [
        '',
        'ready',
        'ready\nX\napi\nNaN\n0\n\n2,1\n',
        'ready\nX\napi\n500\n0\n\n1e308,-1e308\n',
        'ready\nX\napi\n1e308\n0\n\n2,1\n',
        'ready\nX\napi\n500\n0\n\nInfinity,1\n',
        'ready\n__proto__\nconstructor\n500\n0\n\n2,1\n',
        `absent\n${'y'.repeat(8_000)}\nz`,
        long,
        'z'.repeat(1e6),
        42,
        { toString: () => 'ready' },
        null,
      ];
      for (const detail of details)
        for (const at of [pane, document.body, document])
          at.dispatchEvent(new CustomEvent('liqband:scale', { bubbles: true, composed: true, detail }));
      document.dispatchEvent(new CustomEvent('liqband:scale-request'));
    });
    await isRight();
  });
});

describe('a page that floods', () => {
  it('with scales of thousands of charts gets a few bands, and its own chart is right again', async () => {
    const bandCount = await frame.evaluate(() => {
      const pane = document.querySelector('[data-target]')!;
      const forged = Array.from({ length: 2_000 }, () => document.body.appendChild(document.createElement('div')));
      const endMs = performance.now() + 1_000;
      let count = 0;
      return new Promise<number>((resolve) => {
        const flood = (): void => {
          for (const startMs = performance.now(); performance.now() - startMs < 12; count++) {
            const at = count % 2 === 0 ? pane : forged[(count >> 1) % forged.length];
            const detail = `ready\nX\napi\n500\n0\n\n${2 + (count % 999)},1\n\n\n\n1`;
            at.dispatchEvent(new CustomEvent('liqband:scale', { bubbles: true, composed: true, detail }));
          }
          if (performance.now() < endMs) return void requestAnimationFrame(flood);
          const bands = document.querySelectorAll('liqband-band').length;
          for (const each of forged) each.remove();
          document.dispatchEvent(new CustomEvent('liqband:scale-request'));
          resolve(bands);
        };
        flood();
      });
    });
    expect(bandCount).toBeLessThanOrEqual(64);
    await isRight();
  });
});

describe('a page that redefines the world before us', () => {
  it.each([
    ['prototypes that throw', "Map.prototype.get = Array.from = CustomEvent = () => { throw new Error('ours'); };"],
    [
      'getters that throw',
      "for (const name of ['tradingViewApi', 'TradingViewApi']) Object.defineProperty(window, name, { get() { throw new Error('ours'); }, set() {} });",
    ],
    ['numbers that are none', 'Number.isFinite = () => true; Math.abs = () => NaN; Math.max = () => NaN;'],
  ])('with %s loses at most its own band', async (_, script) => {
    const hostile = await stage.browser.context.newPage();
    await hostile.addInitScript(script);
    await hostile.goto(PAGE_URLS.tradingview).catch(() => {});
    for (const band of await readBands(hostile)) expect(['ready', 'hidden', '']).toContain(band.state);
    await isRight();
    await hostile.close();
    expect((await readProfile(stage.browser)).long.every(Number.isFinite)).toBe(true);
  });
});

describe('what a page can reach', () => {
  it('is no part of the extension: no API, no page, no script, no file of it', async () => {
    const { extensionId } = stage.browser;
    const reached = await frame.evaluate(async (id) => {
      const chromeApi = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown; connect?: unknown } } }).chrome;
      const files = ['popup.html', 'manifest.json', 'background.js', 'content-scripts/band.js', 'icon/16.png'];
      const loads = await Promise.all(
        files.map((file) =>
          fetch(`chrome-extension://${id}/${file}`).then(
            () => file,
            () => null,
          ),
        ),
      );
      return {
        runtime: typeof chromeApi?.runtime?.sendMessage + typeof chromeApi?.runtime?.connect,
        files: loads.filter((file) => file !== null),
        globals: Object.keys(globalThis).filter((name) => /liqband|wxt/i.test(name)),
      };
    }, extensionId);
    expect(reached).toEqual({ runtime: 'undefinedundefined', files: [], globals: [] });
  });

  it('is nothing that the user entered, neither in the document nor in any message', async () => {
    const heard = await frame.evaluate(async () => {
      const texts: string[] = [];
      const note = (event: Event): void => {
        const { data, detail } = event as MessageEvent & CustomEvent;
        texts.push(`${event.type} ${JSON.stringify(data ?? detail ?? null)}`);
      };
      for (const type of ['message', 'liqband:scale', 'liqband:scale-request', 'liqband:scale-stop'])
        window.addEventListener(type, note, true);
      document.dispatchEvent(new CustomEvent('liqband:scale-request'));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const bands = [...document.querySelectorAll('liqband-band')];
      for (const band of bands) band.dispatchEvent(new Event('liqband:ask'));
      return {
        texts,
        html: document.documentElement.outerHTML,
        roots: bands.map((band) => band.shadowRoot),
        children: bands.map((band) => band.childNodes.length),
        attributes: [...new Set(bands.flatMap((band) => band.getAttributeNames()))].sort(),
        storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
      };
    });
    expect(heard.texts.length).toBeGreaterThan(0);
    expect(heard.roots).toEqual(heard.roots.map(() => null));
    expect(heard.children).toEqual(heard.children.map(() => 0));
    expect(heard.attributes).toEqual([
      'aria-hidden',
      'data-as-of',
      'data-bottom-price',
      'data-contract',
      'data-reason',
      'data-scale',
      'data-state',
      'data-top-price',
      'style',
    ]);
    const everything = [heard.html, heard.storage, ...heard.texts].join('\n');
    for (const figure of Object.values(OWN)) if (figure > 100) expect(everything).not.toContain(String(figure));
    expect(everything).not.toContain(String(OWN.size));
  });
});

describe('the manifest', () => {
  it('has no line that docs/privacy.md does not explain', () => {
    const explained = readFileSync('docs/privacy.md', 'utf8');
    const built = JSON.parse(readFileSync(path.join(CHROME_DIR, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    const lists = ['permissions', 'optional_permissions', 'optional_host_permissions'].flatMap((key) => built[key]);
    const keys = [...Object.keys(built).filter((key) => key !== 'permissions'), ...lists];
    expect(keys.filter((key) => !explained.includes(`\`${String(key)}\``))).toEqual([]);
  });
});

describe('pages of ours', () => {
  it.each(['popup.html', 'dashboard.html'])('work under the manifest’s policy: %s', async (file) => {
    const ours = await stage.browser.context.newPage();
    const refused: string[] = [];
    ours.on('console', (message) => {
      if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text())) refused.push(message.text());
    });
    ours.on('pageerror', (error) => refused.push(String(error)));
    await ours.goto(`chrome-extension://${stage.browser.extensionId}/${file}`);
    await until(async () => ((await ours.innerText('body')).includes('BTCUSDT') ? true : null), `figures on ${file}`);
    expect(refused).toEqual([]);
    await ours.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<i></i>');
      } catch {
        document.title = 'markup refused';
      }
    });
    expect(await ours.title()).toBe('markup refused');
    await ours.close();
  });
});

describe('the network', () => {
  it('sees requests to nobody but the venues that docs/privacy.md names', async () => {
    const named = readFileSync('docs/privacy.md', 'utf8');
    const sites = new Set([...BROWSER_OWN, ...Object.values(PAGE_URLS).map((url) => new URL(url).origin)]);
    const asked = [...stage.exchange.origins].filter((origin) => !sites.has(origin.replace('wss:', 'https:')));
    expect(asked).toContain('https://fapi.binance.com');
    expect(asked.filter((origin) => !named.includes(`\`${origin}\``))).toEqual([]);
  });

  const isLeftAlone = async (): Promise<void> => {
    await until(() => Promise.resolve(stage.exchange.openSockets() === 0 ? true : null), 'closed sockets');
    const count = stage.exchange.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(stage.exchange.requests.length).toBe(count);
  };

  it('is left alone by a page that nobody has seen for a while, until it is seen again', async () => {
    await bystander.close();
    await hidePage(page, 1_000);
    await isLeftAlone();
    await showPage(page);
    await until(() => Promise.resolve(stage.exchange.openSockets() > 0 ? true : null), 'open sockets');
    await waitForBand(page, 'ready');
  });

  it('is left alone once no page watches', async () => {
    await page.close();
    await isLeftAlone();
  });
});
