import { describe, expect, it } from 'vitest';

import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf } from '@/lib/market/asset-class';
import { type Contract } from '@/lib/market/contract';
import { contractsOfMarket, marketIdOf, marketsFromContracts } from '@/lib/market/market';

import { sampleContract } from './sample-contract';

const contract = (symbol: string, asset: string, more: Partial<Contract> = {}): Contract => {
  const { baseAsset } = splitMultiplier(asset);
  return sampleContract(symbol, asset, { assetClass: assetClassOf(baseAsset), ...more });
};

describe('markets', () => {
  it('gather contracts of one underlying whatever they count in, settle in or are called', () => {
    const markets = marketsFromContracts([
      contract('BTCUSDT', 'BTC'),
      contract('1000PEPEUSDT', '1000PEPE'),
      contract('XBTUSD', 'XBT', { settlement: 'inverse', quoteAsset: 'USD' }),
      contract('PEPEUSDC', 'PEPE', { quoteAsset: 'USDC' }),
      contract('OLDUSDT', 'OLD', { isTrading: false }),
    ]);
    expect(markets.map(({ id, contracts }) => [id, contracts.map(({ symbol }) => symbol)])).toEqual([
      ['BTC', ['BTCUSDT', 'XBTUSD']],
      ['PEPE', ['1000PEPEUSDT', 'PEPEUSDC']],
    ]);
  });

  it('count an ounce of gold as one, whether metal or token', () => {
    const names = ['XAU', 'GOLD', 'XAUT', 'PAXG'];
    expect(new Set(names.map((name) => marketIdOf(contract(name, name))))).toEqual(new Set(['XAU']));
    expect(marketIdOf(contract('SILVER', 'SILVER'))).toBe('XAG');
  });

  it.each([
    ['XPT', ['XPT', 'PLATINUM']],
    ['XPD', ['XPD', 'PALLADIUM']],
    ['XCU', ['XCU', 'COPPER']],
    ['CL', ['CL', 'WTI', 'USOIL']],
    ['BZ', ['BZ', 'BRENT', 'UKOIL']],
    ['NATGAS', ['NATGAS', 'NG']],
  ])('know a commodity by the names that venues give it: %s', (underlying, names) => {
    const ids = names.map((name) => marketIdOf(contract(name, name)));
    expect(new Set(ids)).toEqual(new Set([`commodity:${underlying}`]));
  });

  it('know an index by its names, and not a fund on it', () => {
    const ids = ['SPX500', 'SP500', 'US500', 'SPY'].map((name) => marketIdOf(contract(name, name)));
    expect(ids).toEqual(['index:SPX500', 'index:SPX500', 'index:SPX500', 'index:SPY']);
  });

  it('keep a share apart from a coin of the same letters', () => {
    const coin = contract('METAUSDT', 'META');
    const share = contract('METASTOCK', 'META', { assetClass: 'equity' });
    expect(marketIdOf(coin)).toBe('META');
    expect(marketIdOf(share)).toBe('equity:META');
    expect(contractsOfMarket([coin, share], 'equity:META')).toEqual([share]);
  });
});
