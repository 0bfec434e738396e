import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { formatPrice } from '@/lib/core/format';
import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import { type AlertCondition, type AlertMemory, type AlertRule, noticeIdOf } from '@/lib/market/alert';
import type { OwnPosition } from '@/lib/market/own-position';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { ownLiquidationPrice } from '@/lib/model/own-liquidation';
import { type ExtensionBrowser, launchBrowser } from '@/scripts/browser';
import { CHROME_DIR } from '@/scripts/build-extension';

import { afterFrame, until, waitForBand } from './chart';
import { BTCUSDT, readWholeStore } from './extension';
import { openPopup } from './popup';
import { startStage, type Stage } from './stage';

/** Seconds of the venue for one of ours. */
const SPEED = 10;
const CHART_URL = 'https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P';
const CONTRACT = { venueId: 'binance', settlement: 'linear' } as const;

let stage: Stage;
let browser: ExtensionBrowser;
let launch: () => Promise<ExtensionBrowser>;
const folders: string[] = [];

const folder = async (name: string): Promise<string> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), `liqband-${name}-`));
  folders.push(dir);
  return dir;
};

/** The production build with its optional permission granted: no test can answer the browser's own question. */
async function grantedBuild(): Promise<string> {
  const dir = await folder('granted');
  await cp(CHROME_DIR, dir, { recursive: true });
  const file = path.join(dir, 'manifest.json');
  const { permissions, ...manifest } = JSON.parse(await readFile(file, 'utf8')) as { permissions: string[] };
  await writeFile(file, JSON.stringify({ ...manifest, permissions: [...permissions, 'notifications'] }));
  return dir;
}

beforeAll(async () => {
  const extensionDir = await grantedBuild();
  const userDataDir = await folder('profile');
  stage = await startStage({ venues: ['binance'], browser: { extensionDir, userDataDir } });
  launch = () => launchBrowser({ extensionDir, userDataDir, port: stage.exchange.port, headless: true });
  ({ browser } = stage);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  for (const dir of folders) await rm(dir, { recursive: true, force: true });
});

/** Evaluates in a page of the extension that runs none of its code. */
async function inExtension<Result>(script: string): Promise<Result> {
  const page = await browser.openExtensionPage('manifest.json');
  try {
    return await page.evaluate<Result>(script);
  } finally {
    await page.close();
  }
}
const store = (items: Readonly<Record<string, unknown>>) =>
  inExtension<void>(`chrome.storage.local.set(${JSON.stringify(items)})`);
const readTiers = () =>
  inExtension<RiskTiers>(`new Promise((resolve) => {
    indexedDB.open('liqband').onsuccess = ({ target: { result } }) => {
      result.transaction('riskTiers').objectStore('riskTiers').get(['${BTCUSDT}']).onsuccess = (event) => {
        result.close();
        resolve(event.target.result.riskTiers);
      };
    };
  })`);

/** Pixels as bright as the tag of an own level, beside the band at a price. */
async function tagPixels(page: Page, price: number): Promise<number> {
  const { topPrice, bottomPrice, rect } = await waitForBand(page, 'ready');
  const y = rect.y + ((topPrice - price) / (topPrice - bottomPrice)) * (rect.height - 1);
  const clip = { x: rect.x, y: y - 8, width: rect.width - 80, height: 16 };
  const { data } = PNG.sync.read(await page.screenshot({ clip }));
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (Math.min(data[i], data[i + 1], data[i + 2]) > 225) count += 1;
  return count;
}

/** All that a page could read of itself: its elements, what is posted and dispatched in it, its storage. */
const readable = (page: Page) =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: string[] };
    const attributes = [...(document.querySelector('liqband-band')?.attributes ?? [])].map(({ name }) => name);
    const text = [
      document.documentElement.outerHTML,
      ...seen,
      JSON.stringify([localStorage, sessionStorage].map((kept) => Object.entries(kept))),
    ];
    return { attributes, text: text.join('\n') };
  });

it('shows a position at the model’s own price on popup, dashboard and band, and the page learns nothing', async () => {
  const chart = await stage.openChart('tradingview');
  await waitForBand(chart, 'ready');
  await readWholeStore(browser, stage.exchange);
  await chart.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    addEventListener('message', ({ data }) => void seen.push(JSON.stringify(data)));
    for (const name of ['liqband:scale', 'liqband:scale-request', 'liqband:scale-stop'])
      addEventListener(name, (event) => void seen.push(String((event as CustomEvent<unknown>).detail)), true);
  });
  const before = await readable(chart);
  const { topPrice, bottomPrice } = await waitForBand(chart, 'ready');
  const position: OwnPosition = {
    id: 'own',
    contractId: BTCUSDT,
    positionSide: 'long',
    entryPrice: Math.round((topPrice + bottomPrice) / 2) + 0.37,
    size: 0.4321,
    sizeUnit: 'base',
    margin: { kind: 'leverage', leverage: 40 },
  };
  const price = ownLiquidationPrice(position, CONTRACT, (await readTiers()).tiers)!;
  const priceText = formatPrice(price, 1);
  // A cluster's label may be there already.
  const pixels = await tagPixels(chart, price);

  await store({ 'own-positions': [position, { id: 'broken' }] });
  const popup = await openPopup(browser);
  await until(
    async () => ((await popup.innerText('[aria-label="Your positions"]')).includes(priceText) ? true : null),
    'the popup',
  );
  await popup.goto(`chrome-extension://${browser.extensionId}/dashboard.html#positions`);
  await until(async () => ((await popup.innerText('.own-table')).includes(priceText) ? true : null), 'the row');
  await popup.close();
  await chart.bringToFront();
  await afterFrame(chart.mainFrame());
  await until(async () => ((await tagPixels(chart, price)) > pixels + 300 ? true : null), 'the band’s own level');

  // A moving chart tells its scale in every frame.
  await chart.mouse.move(400, 300);
  await chart.mouse.wheel(0, 120);
  await afterFrame(chart.mainFrame());
  const after = await readable(chart);
  expect(after.attributes).toEqual(before.attributes);
  expect(after.text.length).toBeGreaterThan(1_000);
  const whole = String(Math.floor(price));
  for (const secret of [priceText, whole, String(price), '0.4321', String(position.entryPrice), 'Your long'])
    expect(after.text.includes(secret)).toBe(false);
  await chart.close();
});

const rule = (id: string, condition: AlertCondition): AlertRule => ({
  id,
  isOn: true,
  contractId: BTCUSDT,
  condition,
  cooldownMs: DAY_MS,
});
/** One of each kind that comes true, and one that never does. */
const rulesOf = (prefix: string): AlertRule[] => [
  rule(`${prefix}-near`, { kind: 'near-cluster', within: 0.02, leastUsd: 1_000 }),
  rule(`${prefix}-liquidated`, { kind: 'liquidated', windowMs: DAY_MS, leastUsd: 1 }),
  rule(`${prefix}-grows`, { kind: 'cluster-grows', windowMs: 15 * MINUTE_MS, unit: 'usd', by: 1, leastUsd: 1_000 }),
  rule(`${prefix}-own`, { kind: 'own-liquidation', within: 0.5 }),
];
const NEVER: readonly AlertRule[] = [
  rule('never-near', { kind: 'near-cluster', within: 0.1, leastUsd: 1e14 }),
  rule('never-liquidated', { kind: 'liquidated', windowMs: DAY_MS, leastUsd: 1e14 }),
  rule('never-grows', { kind: 'cluster-grows', windowMs: 15 * MINUTE_MS, unit: 'usd', by: 1e14, leastUsd: 1_000 }),
  rule('never-own', { kind: 'own-liquidation', within: 0.0001 }),
  { ...rule('off-own', { kind: 'own-liquidation', within: 0.5 }), isOn: false },
];

const readLog = async () =>
  (await inExtension<{ 'alert-memory'?: AlertMemory }>(`chrome.storage.local.get('alert-memory')`))['alert-memory']
    ?.log ?? [];
const notifications = async () =>
  Object.keys(await inExtension<object>('new Promise((resolve) => chrome.notifications.getAll(resolve))'));

/** Waits until every rule of the newest set has fired: whatever else is true was looked at as often. */
async function waitForAll(prefix: string): Promise<void> {
  const ids = rulesOf(prefix).map(({ id }) => id);
  const missing = async () => {
    const log = await readLog();
    return ids.filter((id) => !log.some(({ ruleId, isTold }) => ruleId === id && isTold));
  };
  await until(async () => ((await missing()).length === 0 ? true : null), 'alerts', 300_000).catch(
    async (cause: unknown) => {
      throw new Error(`Not told: ${(await missing()).join()}; told: ${JSON.stringify(await readLog())}`, { cause });
    },
  );
}

/** The newest is shown under its id, and nothing that is not in the log; the browser takes older ones away by itself. */
async function expectShown(prefix: string): Promise<void> {
  const log = await readLog();
  const shown = await notifications();
  const newest = log.find(({ ruleId }) => ruleId.startsWith(prefix));
  expect(shown).toContain(newest && noticeIdOf(newest));
  expect(log.map(noticeIdOf)).toEqual(expect.arrayContaining(shown));
}

/** Moves the venue's time to just before somebody is liquidated, once that would be heard. */
async function nextLiquidation(): Promise<void> {
  const { clock } = stage.exchange;
  const isHeard = () => stage.exchange.subscriptions().some((name) => name.includes('forceOrder'));
  await until(async () => isHeard() || null, 'the stream of liquidations');
  const [next] = stage.exchange
    .source('BTCUSDT')
    .liquidations(clock.now() + MINUTE_MS, clock.now() + 4 * DAY_MS, 'sampled');
  clock.set(next.timeMs - 20_000);
  clock.setSpeed(SPEED);
}

it('tells of each thing once, with no page open, over a killed worker and a restarted browser', async () => {
  let rules = [...NEVER, ...rulesOf('first')];
  await store({ 'alert-rules': rules });
  await nextLiquidation();
  await waitForAll('first');
  await expectShown('first');

  // Killed with nothing of ours open, the worker is woken by its alarm alone; the test only lets that come sooner.
  expect(await browser.killServiceWorker()).toBe(true);
  const isFollowing = () => stage.exchange.subscriptions().length > 0;
  await until(async () => !isFollowing() || null, 'the end of the worker');
  await inExtension(`chrome.alarms.create('alerts', { delayInMinutes: 0.02, periodInMinutes: 1 })`);
  await until(async () => isFollowing() || null, 'the worker that the alarm woke', 180_000);
  rules = [...rules, ...rulesOf('killed')];
  await store({ 'alert-rules': rules });
  await waitForAll('killed');

  await browser.close();
  browser = await launch();
  rules = [...rules, ...rulesOf('restarted')];
  await store({ 'alert-rules': rules });
  await waitForAll('restarted');

  const told = (await readLog()).map(({ ruleId }) => ruleId);
  const wanted = ['first', 'killed', 'restarted'].flatMap((prefix) => rulesOf(prefix).map(({ id }) => id));
  expect([...new Set(told)].toSorted()).toEqual(wanted.toSorted());
  // Once of every cluster that is near, and of everything else once.
  const things = (await readLog()).map(({ ruleId, facts }) =>
    facts.kind === 'near-cluster' ? `${ruleId} ${facts.positionSide} ${facts.price}` : ruleId,
  );
  expect(new Set(things).size).toBe(things.length);
  // Within a rule's cooldown its clusters are one notification.
  expect(new Set((await readLog()).map(noticeIdOf)).size).toBe(wanted.length);
  await expectShown('restarted');

  // As the browser calls the worker when somebody clicks; a pointer reaches no notification here.
  const near = (await readLog()).find(({ facts }) => facts.kind === 'near-cluster')!;
  const charts = () => browser.context.pages().filter((page) => page.url() === CHART_URL);
  expect(charts()).toEqual([]);
  const [worker] = browser.context.serviceWorkers();
  const click = () => worker.evaluate(`chrome.notifications.onClicked.dispatch(${JSON.stringify(noticeIdOf(near))})`);
  await click();
  await until(async () => charts().length > 0 || null, 'the chart of the alert');
  expect(await notifications()).not.toContain(noticeIdOf(near));

  // Once it is open it is brought back, not opened a second time.
  const [chart] = charts();
  await waitForBand(chart, 'ready');
  const active = () => worker.evaluate(`chrome.tabs.query({ active: true }).then((tabs) => tabs.map(({ id }) => id))`);
  await chart.bringToFront();
  const front = await active();
  await browser.context.newPage();
  expect(await active()).not.toEqual(front);
  await click();
  await until(async () => isDeepStrictEqual(await active(), front) || null, 'the open chart brought to the front');
  expect(charts()).toEqual([chart]);

  const alarms = await inExtension<readonly { readonly name: string }[]>('chrome.alarms.getAll()');
  expect(alarms.map(({ name }) => name)).toContain('alerts');
});
