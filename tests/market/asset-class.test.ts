import { describe, expect, it } from 'vitest';

import { assetClassOf } from '@/lib/market/asset-class';

describe('class of an asset', () => {
  it.each([
    ['BTC', 'major'],
    ['PEPE', 'altcoin'],
    ['XAU', 'gold'],
    ['PAXG', 'gold'],
    ['XAG', 'silver'],
    ['XCU', 'commodity'],
    ['CL', 'commodity'],
    ['QQQ', 'index'],
  ])('%s is %s by its name', (baseAsset, assetClass) => {
    expect(assetClassOf(baseAsset)).toBe(assetClass);
  });

  it('takes the word of the venue where the name says nothing', () => {
    expect(assetClassOf('TSLA', 'equity')).toBe('equity');
    expect(assetClassOf('TSLA')).toBe('altcoin');
  });

  it.each([
    ['NVDA', 'equity'],
    ['CL', 'commodity'],
    ['QQQ', 'index'],
    ['XAU', 'gold'],
  ])('knows what %s is where the venue only says that it is no coin: %s', (baseAsset, assetClass) => {
    expect(assetClassOf(baseAsset, 'tradfi')).toBe(assetClass);
  });

  it('puts a fund on an index in one class, whatever a venue calls it', () => {
    const hints = ['equity', 'index', 'tradfi', null] as const;
    expect(hints.map((hint) => assetClassOf('SPY', hint))).toEqual(hints.map(() => 'index'));
  });

  it('keeps a coin that is named like a commodity a coin', () => {
    expect(assetClassOf('CORN', 'crypto')).toBe('altcoin');
  });

  it('tells gold from other commodities though the venue does not', () => {
    expect(assetClassOf('XAU', 'commodity')).toBe('gold');
    expect(assetClassOf('PAXG', 'crypto')).toBe('gold');
  });
});
