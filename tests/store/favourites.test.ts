import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import type { ContractId } from '@/lib/market/contract';
import { favourites, repairFavourites } from '@/lib/store/favourites';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

beforeEach(() => fakeBrowser.reset());

it('are none at first, then what was chosen, and other pages hear of it', async () => {
  const seen: (readonly ContractId[])[] = [];
  favourites.watch((ids) => seen.push(ids));
  expect(await favourites.getValue()).toEqual([]);
  await favourites.setValue(['binance:BTCUSDT', 'bybit:ETHUSDT']);
  expect(await favourites.getValue()).toEqual(['binance:BTCUSDT', 'bybit:ETHUSDT']);
  expect(seen).toEqual([['binance:BTCUSDT', 'bybit:ETHUSDT']]);
});

it.each([
  ['nothing', null, []],
  ['no list', 'binance:BTCUSDT', []],
  ['one twice', ['okx:BTC-USDT-SWAP', 'okx:BTC-USDT-SWAP'], ['okx:BTC-USDT-SWAP']],
  ['what is no contract', [7, 'mtgox:BTCUSD', 'gate:BTC_USDT'], ['gate:BTC_USDT']],
])('are repaired where there is %s', (_, stored, expected) => expect(repairFavourites(stored)).toEqual(expected));
