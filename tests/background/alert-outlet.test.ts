import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import {
  ALERT_ALARM,
  createAlertOutlet,
  keepChartPlace,
  openChartsOnClick,
} from '@/entrypoints/background/alert-outlet';
import { type AlertFiring, noticeIdOf } from '@/lib/market/alert';
import { chartUrl } from '@/lib/market/chart-url';
import type { Contract, ContractId } from '@/lib/market/contract';
import english from '@/public/words/en.json' with { type: 'json' };

import { CONTRACT } from '../components/samples';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

const OTHER: Contract = { ...CONTRACT, id: 'gate:ETH_USDT', venueId: 'gate', symbol: 'ETH_USDT', baseAsset: 'ETH' };
const SEEN: Contract = { ...CONTRACT, id: 'binance:SOLUSDT', symbol: 'SOLUSDT', baseAsset: 'SOL' };
const contracts = [CONTRACT, OTHER, SEEN];
const contractOf = async (id: ContractId) => contracts.find((each) => each.id === id) ?? null;

const firing = (id: string, contractId: ContractId): AlertFiring => ({
  id,
  ruleId: 'rule',
  contractId,
  priceDigits: 1,
  atMs: Date.UTC(2026, 10, 29),
  facts: { kind: 'own-liquidation', positionSide: 'long', price: 60_000, distance: -0.02 },
  isTold: true,
});

let opened: (string | undefined)[];
const log: string[] = [];
beforeEach(async () => {
  fakeBrowser.reset();
  opened = [];
  log.length = 0;
  shown.clear();
  fakeBrowser.tabs.onCreated.addListener(({ url }) => void opened.push(url));
  await fakeBrowser.storage.local.set({
    'alert-memory': {
      states: {},
      log: [firing('other', OTHER.id), firing('own', CONTRACT.id), firing('seen', SEEN.id), firing('gone', 'okx:X')],
    },
  });
});

/** The contract that each tab's chart shows. */
const shown = new Map<number, ContractId>();
const isOnChart = (id: ContractId, tabId: number) => shown.get(tabId) === id;
const listen = () => openChartsOnClick({ contractOf, isOnChart }, (text) => void log.push(text));
const click = (id: string) => fakeBrowser.notifications.onClicked.trigger(id);

it('leads each notification to the chart of its own contract, on TradingView where none was seen', async () => {
  listen();
  await click('own');
  await vi.waitFor(() => expect(opened).toEqual([chartUrl(CONTRACT, 'tradingview')]));
  await click('other');
  await vi.waitFor(() => expect(opened[1]).toBe(chartUrl(OTHER, 'tradingview')));
  expect(log).toEqual([]);
});

it('brings the window of the chart to the front', async () => {
  listen();
  const update = vi.spyOn(fakeBrowser.windows, 'update');
  await click('own');
  await vi.waitFor(() => expect(update).toHaveBeenCalledOnce());
  const [tab] = await fakeBrowser.tabs.query({ url: chartUrl(CONTRACT, 'tradingview') });
  expect(update).toHaveBeenCalledWith(tab.windowId, { focused: true });
});

it('leads to the page on which the contract’s chart was seen last', async () => {
  listen();
  keepChartPlace(OTHER, { pageUrl: 'https://www.tradingview.com/chart/', tabId: null });
  keepChartPlace(OTHER, { pageUrl: 'https://www.gate.com/futures/USDT/ETH_USDT', tabId: null });
  await vi.waitFor(async () =>
    expect(await fakeBrowser.storage.local.get('chart-places')).toEqual({ 'chart-places': { [OTHER.id]: 'venue' } }),
  );
  await click('other');
  await vi.waitFor(() => expect(opened).toEqual([chartUrl(OTHER, 'venue')]));
});

/** A tab with a contract's chart, behind another one. */
async function openChartOf(contract: Contract): Promise<number> {
  const { id = NaN } = await fakeBrowser.tabs.create({ url: 'https://www.tradingview.com/chart/' });
  keepChartPlace(contract, { pageUrl: 'https://www.tradingview.com/chart/', tabId: id });
  await fakeBrowser.tabs.create({ url: 'https://news.test/' });
  opened = [];
  return id;
}

it('brings the tab that shows the chart already to the front, once it tells so again', async () => {
  listen();
  const tabId = await openChartOf(SEEN);
  const update = vi.spyOn(fakeBrowser.windows, 'update');
  await click('seen');
  await vi.waitFor(async () => expect((await fakeBrowser.tabs.get(tabId)).active).toBe(true));
  shown.set(tabId, SEEN.id);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(update).toHaveBeenCalledWith((await fakeBrowser.tabs.get(tabId)).windowId, { focused: true });
  expect(opened).toEqual([]);
  expect(log).toEqual([]);
});

it('opens the chart where its tab was closed, or shows another contract by now', async () => {
  listen();
  await openChartOf(SEEN);
  vi.spyOn(fakeBrowser.tabs, 'update').mockRejectedValueOnce(new Error('No tab with this id'));
  await click('seen');
  await vi.waitFor(() => expect(opened).toEqual([chartUrl(SEEN, 'tradingview')]));
  shown.set(await openChartOf(SEEN), OTHER.id);
  await click('seen');
  await vi.waitFor(() => expect(opened).toEqual([chartUrl(SEEN, 'tradingview')]), 5_000);
});

it('takes the clicked notification away, and leads to the log for what is not in it or not listed any more', async () => {
  listen();
  const clear = vi.spyOn(fakeBrowser.notifications, 'clear');
  await click('unknown');
  await click('gone');
  await vi.waitFor(() => expect(clear).toHaveBeenCalledWith('gone'));
  await click('own');
  const logPage = '/dashboard.html#alerts';
  await vi.waitFor(() => expect(opened).toEqual([logPage, logPage, chartUrl(CONTRACT, 'tradingview')]));
  expect(clear.mock.calls).toEqual([['unknown'], ['gone'], ['own']]);
});

it('tells clusters that came near at once in one notification, which leads to their chart', async () => {
  const near = (price: number): AlertFiring => ({
    ...firing(`rule ${price}`, CONTRACT.id),
    facts: { kind: 'near-cluster', positionSide: 'long', price, usd: 12e6, distance: price / 60_000 - 1 },
  });
  const firings = [59_800, 59_700, 59_600, 59_500, 59_400].map(near);
  const id = noticeIdOf(firings[0]);
  await fakeBrowser.storage.local.set({ 'alert-memory': { states: {}, log: firings } });
  vi.spyOn(fakeBrowser.permissions, 'contains').mockResolvedValue(true as never);
  const create = vi.spyOn(fakeBrowser.notifications, 'create');
  vi.stubGlobal('fetch', async () => Response.json(english));
  expect(await createAlertOutlet((text) => void log.push(text)).tell(id, firings)).toBe(true);
  expect(create.mock.calls.map(([shown]) => shown)).toEqual([id]);
  const { title, message } = create.mock.calls[0][1] as unknown as Record<'title' | 'message', string>;
  expect(title).toBe('BTCUSDT, Binance: near 5 clusters');
  expect(message.split('\n')).toEqual([
    '$12.0M of longs at 59,800, −0.33% away',
    '$12.0M of longs at 59,700, −0.50% away',
    '$12.0M of longs at 59,600, −0.67% away',
    '$12.0M of longs at 59,500, −0.83% away',
  ]);
  listen();
  await click(id);
  await vi.waitFor(() => expect(opened).toEqual([chartUrl(CONTRACT, 'tradingview')]));
});

it('leaves the alarm as it was wanted last, however late the browser answers', async () => {
  const { setAlarm } = createAlertOutlet((text) => void log.push(text));
  const get = fakeBrowser.alarms.get.bind(fakeBrowser.alarms);
  const late = vi.spyOn(fakeBrowser.alarms, 'get');
  late.mockImplementationOnce(async (name) => {
    const alarm = await get(name as string);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return alarm as never;
  });
  setAlarm(true);
  setAlarm(false);
  setAlarm(true);
  setAlarm(false);
  await vi.waitFor(() => expect(late).toHaveBeenCalledTimes(4));
  await vi.waitFor(async () => expect(await get(ALERT_ALARM)).toBeUndefined());
  expect(log).toEqual([]);
});
