import { expect, it } from 'vitest';

import { searchContracts } from '@/lib/market/market-search';
import { CONTRACT } from '@/tests/components/samples';

const contracts = [
  ['ETHUSDT', 'ETH'],
  ['ETHFIUSDT', 'ETHFI'],
  ['METHUSDT', 'METH'],
  ['1000PEPEUSDT', 'PEPE'],
  ['BTCUSDT', 'BTC'],
].map(([symbol, baseAsset]) => ({ ...CONTRACT, id: `binance:${symbol}` as const, symbol, baseAsset }));
const symbolsFor = (query: string) => searchContracts(contracts, query).map(({ symbol }) => symbol);

it('the asset itself comes first, then what begins with the query, then what holds it', () => {
  expect(symbolsFor('eth')).toEqual(['ETHUSDT', 'ETHFIUSDT', 'METHUSDT']);
});

it('a multiplied contract is found by its asset', () => {
  expect(symbolsFor(' pepe ')).toEqual(['1000PEPEUSDT']);
});

it('an empty query lists all that trade', () => {
  expect(symbolsFor('')).toHaveLength(5);
  expect(searchContracts([{ ...CONTRACT, isTrading: false }], '')).toEqual([]);
});

it.each([
  ['bitcoin', ['BTCUSDT']],
  ['ETHER', ['ETHUSDT']],
  ['ethfiu', ['ETHFIUSDT']],
  ['nothing', []],
])('%s finds %j', (query, symbols) => {
  expect(symbolsFor(query)).toEqual(symbols);
});

it('contracts on one underlying stand together, the one that is spelled out first', () => {
  const coin = { ...CONTRACT, id: 'bybit:BTCUSD', venueId: 'bybit', symbol: 'BTCUSD' } as const;
  const found = searchContracts([...contracts, coin], 'btcusd');
  expect(found.map(({ id }) => id)).toEqual(['binance:BTCUSDT', 'bybit:BTCUSD']);
  expect(searchContracts([coin, ...contracts], 'btcusdt').map(({ symbol }) => symbol)[0]).toBe('BTCUSDT');
});
