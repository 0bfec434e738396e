import { describe, expect, it } from 'vitest';

import { readSymbol, SITE_MATCHES, siteAt, SITES } from '@/lib/sites';
import type { SymbolReading } from '@/lib/sites/site';

/** Reads the symbol as `exchange pair kind`, which is all of it but the raw spelling. */
function read(url: string, chartSymbol = ''): string | null {
  const location = new URL(url);
  const site = siteAt(location);
  if (!site) throw new Error(`no site at ${url}`);
  return written(readSymbol(site, chartSymbol, location));
}

function written(reading: SymbolReading): string | null {
  return reading === null || reading === 'index-price'
    ? reading
    : `${reading.exchange} ${reading.pair} ${reading.kind}`;
}

describe('TradingView', () => {
  const page = 'https://www.tradingview.com/chart/abc/';
  it.each([
    ['BINANCE:BTCUSDT.P', 'binance BTCUSDT perpetual'],
    ['BYBIT:BTCUSDT.P', 'bybit BTCUSDT perpetual'],
    ['BINANCE:1000PEPEUSDT.P', 'binance 1000PEPEUSDT perpetual'],
    ['BINANCE:BTCUSDT', 'binance BTCUSDT spot'],
    ['BTCUSDT', 'null BTCUSDT spot'],
    ['INDEX:BTCUSD', 'index BTCUSD index'],
    ['CRYPTO:BTCUSD', 'crypto BTCUSD index'],
    ['OANDA:XAUUSD', 'oanda XAUUSD spot'],
    ['TVC:GOLD', 'tvc XAUUSD spot'],
    ['TVC:SILVER', 'tvc XAGUSD spot'],
    ['BINANCE:BTCUSDTZ2024', 'binance BTCUSDT dated'],
    ['BINANCE:BTCUSDT_241227', 'binance BTCUSDT dated'],
    ['CME:BTC1!', 'cme BTC dated'],
    ['CRYPTOCAP:BTC', null],
    ['BINANCE:BTCUSDT.P_OI', null],
    ['BINANCE:BTCUSDT/BINANCE:ETHUSDT', null],
    [':', null],
  ])('shows %s as %s', (raw, expected) => {
    expect(read(page, raw)).toBe(expected);
  });

  it.each([
    ['https://www.tradingview.com/chart/?symbol=BINANCE%3ABTCUSDT.P', 'binance BTCUSDT perpetual'],
    ['https://de.tradingview.com/chart/x/?symbol=BYBIT%3AETHUSDT.P', 'bybit ETHUSDT perpetual'],
    ['https://www.tradingview.com/symbols/BTCUSDT.P/?exchange=BINANCE', 'binance BTCUSDT perpetual'],
    ['https://www.tradingview.com/symbols/OANDA-XAUUSD/', 'oanda XAUUSD spot'],
    ['https://www.tradingview.com/chart/abc/', null],
    ['https://www.tradingview.com/markets/', null],
  ])('reads the address %s as %s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });

  it('believes the chart before a stale address', () => {
    expect(read('https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P', 'BYBIT:SOLUSDT.P')).toBe(
      'bybit SOLUSDT perpetual',
    );
  });
});

describe('Binance', () => {
  it.each([
    ['/en/futures/BTCUSDT', 'binance BTCUSDT perpetual'],
    ['/zh-CN/futures/1000PEPEUSDT/', 'binance 1000PEPEUSDT perpetual'],
    ['/futures/ETHUSDT', 'binance ETHUSDT perpetual'],
    ['/en/futures/BTCUSDT_241227', 'binance BTCUSDT dated'],
    ['/en/delivery/BTCUSD_PERP', 'binance BTCUSD perpetual'],
    ['/en/trade/BTC_USDT', null],
    ['/en/futures/activity/x', null],
  ])('reads the address %s as %s', (path, expected) => {
    expect(read(`https://www.binance.com${path}?type=x`)).toBe(expected);
  });

  const page = 'https://www.binance.com/en/futures/ETHUSDT';
  it.each([
    ['BTCUSDT@PRICETYPE=LAST', 'binance BTCUSDT perpetual'],
    ['BTCUSDT@PRICETYPE=MARK', 'binance BTCUSDT perpetual'],
    ['BTCUSDT@PRICETYPE=INDEX', 'index-price'],
    ['BTCUSDT_241227@PRICETYPE=LAST', 'binance BTCUSDT dated'],
    ['BINANCE:BTCUSDT', 'binance BTCUSDT perpetual'],
    ['???', null],
  ])('shows the chart symbol %s as %s', (raw, expected) => {
    expect(read(page, raw)).toBe(expected);
  });

  it('shows nothing on pages whose charts are not known, whatever the chart says', () => {
    expect(read('https://www.binance.com/en/trade/BTC_USDT', 'BTCUSDT')).toBeNull();
  });

  it('looks for charts on futures pages only', () => {
    const hasChart = (path: string) =>
      SITES.find(({ id }) => id === 'binance')?.hasChart(new URL(`https://www.binance.com${path}`));
    expect(hasChart('/en/futures/BTCUSDT')).toBe(true);
    expect(hasChart('/en/trade/BTC_USDT')).toBe(false);
    expect(hasChart('/en/my/wallet')).toBe(false);
  });
});

describe('Bybit', () => {
  it.each([
    ['/trade/usdt/BTCUSDT', 'bybit BTCUSDT perpetual'],
    ['/en/trade/usdt/BTCUSDT', 'bybit BTCUSDT perpetual'],
    ['/zh-MY/trade/usdt/ETHUSDT/', 'bybit ETHUSDT perpetual'],
    ['/trade/usdc/BTCPERP', 'bybit BTCUSDC perpetual'],
    ['/trade/usdc/BTC-PERP', 'bybit BTCUSDC perpetual'],
    ['/trade/inverse/BTCUSD', 'bybit BTCUSD perpetual'],
    ['/trade/usdt/BTCUSDT-27DEC24', 'bybit BTCUSDT dated'],
    ['/en/trade/spot/BTC/USDT', 'bybit BTCUSDT spot'],
    ['/trade/option/usdc/BTC', null],
    ['/en/', null],
  ])('reads the address %s as %s', (path, expected) => {
    expect(read(`https://www.bybit.com${path}`)).toBe(expected);
  });

  it('believes the chart for the name and the page for the market', () => {
    expect(read('https://www.bybit.com/trade/usdt/BTCUSDT', 'ETHUSDT')).toBe('bybit ETHUSDT perpetual');
    expect(read('https://www.bybit.com/trade/usdt/BTCUSDT', 'BYBIT:ETHUSDT.P')).toBe('bybit ETHUSDT perpetual');
    expect(read('https://www.bybit.com/trade/spot/BTC/USDT', 'ETHUSDT')).toBe('bybit ETHUSDT spot');
  });
});

describe('the registry', () => {
  const siteOfPattern = (pattern: string) => siteAt(new URL(pattern.replace('*.', 'de.').replace('/*', '/')));

  it('has a site for every pattern of the manifest, and a pattern for every site', () => {
    expect(new Set(SITE_MATCHES.map(siteOfPattern))).toEqual(new Set(SITES));
    expect(siteAt({ hostname: 'nottradingview.com' })).toBeNull();
    expect(siteAt({ hostname: 'tradingview.com.evil.example' })).toBeNull();
  });

  it('has distinct ids, and patterns that reach frames', () => {
    expect(new Set(SITES.map(({ id }) => id)).size).toBe(SITES.length);
    expect(SITE_MATCHES.every((pattern) => pattern.endsWith('.com/*'))).toBe(true);
  });
});
