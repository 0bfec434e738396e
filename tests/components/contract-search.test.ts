import { expect, it } from 'vitest';

import { searchContracts } from '@/components/contract-search';

import { CONTRACT } from './samples';

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
