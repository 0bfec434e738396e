import { describe, expect, it } from 'vitest';

import { splitMultiplier } from '@/lib/market/asset';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { resolveChartSymbol } from '@/lib/market/symbols';

import { sampleContract } from './sample-contract';

const CONTRACTS = [
  sampleContract('BTCUSDC', 'BTC', { quoteAsset: 'USDC' }),
  sampleContract('BTCUSDT', 'BTC'),
  sampleContract('ETHUSDT', 'ETH'),
  sampleContract('1000PEPEUSDT', '1000PEPE'),
  sampleContract('1000SHIBUSDT', '1000SHIB'),
  sampleContract('DOTUSDT', 'DOT'),
  sampleContract('1INCHUSDT', '1INCH'),
  sampleContract('XAUUSDT', 'XAU'),
  sampleContract('XAGUSDT', 'XAG'),
  sampleContract('DGBUSDT', 'DGB', { isTrading: false }),
];

const chart = (exchange: string | null, pair: string, kind: ChartSymbol['kind'] = 'perpetual'): ChartSymbol => ({
  raw: `${exchange?.toUpperCase() ?? ''}:${pair}`,
  exchange,
  pair,
  kind,
});

describe('resolving what a chart shows', () => {
  it.each([
    ['binance', 'BTCUSDT'],
    ['binance', 'BTCUSDC'],
    ['binance', '1000PEPEUSDT'],
    ['binance', 'XAUUSDT'],
  ])('gives the very contract of %s:%s', (exchange, pair) => {
    expect(resolveChartSymbol(chart(exchange, pair), CONTRACTS)).toMatchObject({
      ok: true,
      contract: { symbol: pair },
      proxyFor: null,
    });
  });

  it('tells a coin from a share of the same letters by the venue’s own name of it', () => {
    const of = (symbol: string, assetClass: 'altcoin' | 'equity') =>
      sampleContract(symbol, 'META', { venueId: 'hyperliquid', quoteAsset: 'USDC', assetClass });
    const contracts = [of('META', 'altcoin'), of('xyz:META', 'equity')];
    const chosen = (raw: string) =>
      resolveChartSymbol({ raw, exchange: 'hyperliquid', pair: 'METAUSDC', kind: 'perpetual' }, contracts);
    expect(chosen('META')).toMatchObject({ contract: { symbol: 'META' }, proxyFor: null });
    expect(chosen('xyz:META')).toMatchObject({ contract: { symbol: 'xyz:META' }, proxyFor: null });
  });

  it('knows a multiple by the name that TradingView makes of the venue’s own', () => {
    const contracts = [sampleContract('kPEPE', '1000PEPE', { venueId: 'hyperliquid', quoteAsset: 'USDC' })];
    expect(resolveChartSymbol(chart('hyperliquid', 'KPEPEUSDC'), contracts)).toMatchObject({
      contract: { symbol: 'kPEPE' },
      proxyFor: null,
      priceFactor: 1,
    });
  });

  it('names a proxy for what another builder lists on the same venue', () => {
    const contracts = [sampleContract('xyz:TSLA', 'TSLA', { venueId: 'hyperliquid', quoteAsset: 'USDC' })];
    const symbol = { raw: 'flx:TSLA', exchange: 'flx', pair: 'TSLAUSDC', kind: 'perpetual' } as const;
    expect(resolveChartSymbol(symbol, contracts)).toMatchObject({
      contract: { symbol: 'xyz:TSLA' },
      proxyFor: 'Flx TSLAUSDC',
    });
  });

  it.each<[string | null, string, ChartSymbol['kind'], string, string]>([
    ['bybit', 'BTCUSDT', 'perpetual', 'BTCUSDT', 'Bybit BTCUSDT perpetual'],
    ['okx', 'ETHUSD', 'perpetual', 'ETHUSDT', 'OKX ETHUSD perpetual'],
    ['coinbase', 'BTCUSD', 'spot', 'BTCUSDT', 'Coinbase BTCUSD spot'],
    ['kraken', 'XBTUSD', 'spot', 'BTCUSDT', 'Kraken XBTUSD spot'],
    ['binance', 'BTCUSDT', 'spot', 'BTCUSDT', 'BTCUSDT spot'],
    ['binance', 'BTCFDUSD', 'spot', 'BTCUSDT', 'BTCFDUSD spot'],
    ['kraken', 'DOTUSD', 'spot', 'DOTUSDT', 'Kraken DOTUSD spot'],
    ['binance', 'BTCUSD', 'perpetual', 'BTCUSDT', 'BTCUSD perpetual'],
    ['binance', 'BTCUSDT', 'dated', 'BTCUSDT', 'BTCUSDT dated future'],
    [null, 'BTCUSDC', 'spot', 'BTCUSDT', 'BTCUSDC spot'],
    ['index', 'BTCUSD', 'index', 'BTCUSDT', 'Index BTCUSD index'],
    ['bybit', '1000PEPEUSDT', 'perpetual', '1000PEPEUSDT', 'Bybit 1000PEPEUSDT perpetual'],
    ['bybit', 'SHIB1000USDT', 'perpetual', '1000SHIBUSDT', 'Bybit SHIB1000USDT perpetual'],
    ['bybit', '1INCHUSDT', 'spot', '1INCHUSDT', 'Bybit 1INCHUSDT spot'],
    ['oanda', 'XAUUSD', 'spot', 'XAUUSDT', 'OANDA XAUUSD spot'],
    ['oanda', 'XAGUSD', 'spot', 'XAGUSDT', 'OANDA XAGUSD spot'],
    ['tvc', 'GOLD', 'index', 'XAUUSDT', 'TVC GOLD index'],
    ['tvc', 'SILVER', 'index', 'XAGUSDT', 'TVC SILVER index'],
    ['comex', 'GC', 'dated', 'XAUUSDT', 'COMEX GC dated future'],
    ['cme', 'MBT', 'dated', 'BTCUSDT', 'CME MBT dated future'],
    ['comex_mini', 'MGC', 'dated', 'XAUUSDT', 'COMEX MGC dated future'],
    ['mexc', 'BTCUSDT', 'perpetual', 'BTCUSDT', 'MEXC BTCUSDT perpetual'],
    ['tvc', 'XAUUSD', 'spot', 'XAUUSDT', 'TVC XAUUSD spot'],
    ['kraken', 'PAXGUSD', 'spot', 'XAUUSDT', 'Kraken PAXGUSD spot'],
    ['bitfinex', 'XAUTUSD', 'spot', 'XAUUSDT', 'Bitfinex XAUTUSD spot'],
  ])('lets a named proxy stand in for %s %s %s', (exchange, pair, kind, symbol, proxyFor) => {
    expect(resolveChartSymbol(chart(exchange, pair, kind), CONTRACTS)).toMatchObject({
      ok: true,
      contract: { symbol, quoteAsset: 'USDT' },
      // The kind is told beside the name.
      proxyFor: proxyFor.replace(/ (?:perpetual|spot|index|dated future)$/, ''),
      proxyKind: kind,
    });
  });

  it.each<[string, string, ChartSymbol['kind'], string]>([
    ['binance', 'ETHBTC', 'spot', 'ETHBTC'],
    ['nasdaq', 'AAPL', 'spot', 'AAPL'],
    ['nyse', 'GOLD', 'spot', 'GOLD'],
    ['fx', 'EURUSD', 'spot', 'EURUSD'],
    ['binance', 'DGBUSDT', 'perpetual', 'halted|venue=Binance|symbol=DGBUSDT'],
    ['bybit', 'DGBUSDT', 'perpetual', 'DGBUSDT'],
    ['binance', 'USDT', 'spot', 'USDT'],
    ['binance', '', 'spot', 'BINANCE:'],
  ])('refuses %s %s %s and says why', (exchange, pair, kind, words) => {
    const resolution = resolveChartSymbol(chart(exchange, pair, kind), CONTRACTS);
    expect(resolution).toMatchObject({ ok: false, reason: 'unmapped-symbol' });
    if (!resolution.ok) expect(resolution.detail).toContain(words);
  });
});

describe('a chart that counts in other multiples', () => {
  it.each<[string, string, ChartSymbol['kind'], number]>([
    ['binance', 'PEPEUSDT', 'spot', 0.001],
    ['bybit', '1000000PEPEUSDT', 'perpetual', 1_000],
    ['bybit', '1000PEPEUSDT', 'perpetual', 1],
  ])('%s %s %s has prices of 1000PEPEUSDT times %d', (exchange, pair, kind, priceFactor) => {
    expect(resolveChartSymbol(chart(exchange, pair, kind), CONTRACTS)).toMatchObject({
      ok: true,
      contract: { symbol: '1000PEPEUSDT' },
      priceFactor,
    });
  });
});

describe('multiples in asset names', () => {
  it.each([
    ['BTC', 'BTC', 1],
    ['1000PEPE', 'PEPE', 1000],
    ['1000000MOG', 'MOG', 1_000_000],
    ['1MBABYDOGE', 'BABYDOGE', 1_000_000],
    ['SHIB1000', 'SHIB', 1000],
    ['1INCH', '1INCH', 1],
    ['C98', 'C98', 1],
    ['1000', '1000', 1],
  ])('splits %s into %s and %d', (asset, baseAsset, multiplier) => {
    expect(splitMultiplier(asset)).toEqual({ baseAsset, multiplier });
  });
});
