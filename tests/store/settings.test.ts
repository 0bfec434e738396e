import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { VENUE_FACTS } from '@/lib/market/venue-facts';
import {
  DEFAULT_BAND_SETTINGS,
  bandSettings,
  readBandSettings,
  contractChoices,
  repairChoices,
  repairVenuesOff,
  venuesOff,
  repairBandSettings,
  watchBandSettings,
  type BandSettings,
} from '@/lib/store/settings';

// The storage looks for its browser once, when it is first imported.
await vi.hoisted(async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser });
});

beforeEach(() => fakeBrowser.reset());

const CHOSEN: BandSettings = {
  isOn: false,
  style: 'bars',
  width: 120,
  opacity: 0.8,
  palette: 'colour-blind',
  theme: 'dark',
  thresholdUsd: 50_000,
  fullUsd: 5_000_000,
  side: 'short',
  rowBins: 4,
  hasLabels: false,
  refreshMs: 1_000,
  sitesOff: ['gate'],
};

it('begins with the defaults', async () => {
  expect(await readBandSettings()).toEqual(DEFAULT_BAND_SETTINGS);
});

it('reads back what was chosen', async () => {
  await bandSettings.setValue(CHOSEN);
  expect(await readBandSettings()).toEqual(CHOSEN);
});

it('tells a watcher of changes, repaired, until it gives up', async () => {
  const seen: BandSettings[] = [];
  const unwatch = watchBandSettings((settings) => seen.push(settings));
  await bandSettings.setValue({ ...CHOSEN, width: 9_999 });
  unwatch();
  await bandSettings.setValue(CHOSEN);
  expect(seen).toEqual([{ ...CHOSEN, width: 240 }]);
});

it.each<[string, unknown, Partial<BandSettings>]>([
  ['nothing', undefined, {}],
  ['text', 'wide', {}],
  ['an older version without all settings', { width: 100 }, { width: 100 }],
  ['a width out of range', { width: 3 }, { width: 40 }],
  ['an opacity out of range', { opacity: 7 }, { opacity: 1 }],
  ['a width that is no number', { width: 'wide', opacity: NaN }, {}],
  ['an unknown palette, theme and style', { palette: 'viridis', theme: 'sepia', style: 'rings' }, {}],
  ['rows, sides, labels and pace that are none', { rowBins: 3, side: 'up', hasLabels: 'no', refreshMs: 0 }, {}],
  ['sites that are no names', { sitesOff: ['okx', 7, null] }, { sitesOff: ['okx'] }],
  ['sites that are no list', { sitesOff: 'okx' }, {}],
  ['a threshold that is no dollar amount', { thresholdUsd: -1, fullUsd: Infinity }, {}],
  ['full colour before its beginning', { thresholdUsd: 100, fullUsd: 50 }, { thresholdUsd: 100 }],
])('repairs %s', (_name, stored, expected) => {
  expect(repairBandSettings(stored)).toEqual({ ...DEFAULT_BAND_SETTINGS, ...expected });
});

it.each([
  [['bybit', 'nobody', 'bybit'], ['bybit']],
  ['bybit', []],
  [null, []],
  [Object.keys(VENUE_FACTS), []],
])('takes %j as the venues that are off to be %j', (stored, off) => {
  expect(repairVenuesOff(stored)).toEqual(off);
});

it('tells of every change of the venues that are off', async () => {
  const told: (readonly string[])[] = [];
  const end = venuesOff.watch((off) => told.push(off));
  await venuesOff.setValue(['gate']);
  end();
  await venuesOff.setValue([]);
  expect(told).toEqual([['gate']]);
  expect(await venuesOff.getValue()).toEqual([]);
});

it('remembers contracts chosen by hand until they are forgotten', async () => {
  const heard = vi.fn();
  contractChoices.watch(heard);
  await contractChoices.choose('tradingview NASDAQ:AAPL', 'bybit:AAPLUSDT');
  await contractChoices.choose('gate X', 'gate:BTC_USDT');
  const both = { 'tradingview NASDAQ:AAPL': 'bybit:AAPLUSDT', 'gate X': 'gate:BTC_USDT' };
  expect(await contractChoices.getValue()).toEqual(both);
  expect(heard).toHaveBeenLastCalledWith(both);
  await contractChoices.choose('gate X', null);
  expect(await contractChoices.getValue()).toEqual({ 'tradingview NASDAQ:AAPL': 'bybit:AAPLUSDT' });
});

it('takes nothing but keys of contracts for choices', () => {
  expect(repairChoices({ a: 'binance:BTCUSDT', b: 5, c: 'no contract', d: null })).toEqual({ a: 'binance:BTCUSDT' });
  for (const broken of [null, 'x', 7, undefined]) expect(repairChoices(broken)).toEqual({});
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`key ${i}`, 'binance:BTCUSDT']));
  expect(Object.keys(repairChoices(many))).toHaveLength(500);
  expect(repairChoices(many)).toHaveProperty('key 599');
});
