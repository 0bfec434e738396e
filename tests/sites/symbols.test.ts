import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { otherSitePattern, readSymbol, SITE_MATCHES, siteAt, SITES } from '@/lib/sites';
import type { SymbolReading } from '@/lib/sites/site';

/** Reads the symbol as `exchange pair kind`, which is all of it but the raw spelling. */
function read(url: string, chartSymbol = ''): string | null {
  const location = new URL(url);
  const site = siteAt(location);
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
    [':BTCUSDT', 'null BTCUSDT spot'],
    ['INDEX:BTCUSD', 'index BTCUSD index'],
    ['CRYPTO:BTCUSD', 'crypto BTCUSD index'],
    ['OANDA:XAUUSD', 'oanda XAUUSD spot'],
    ['TVC:GOLD', 'tvc XAUUSD spot'],
    ['TVC:SILVER', 'tvc XAGUSD spot'],
    ['BINANCE:BTCUSDTZ2024', 'binance BTCUSDT dated'],
    ['BINANCE:BTCUSDT_241227', 'binance BTCUSDT dated'],
    ['BINANCE:BTCUSDTPERP', 'binance BTCUSDT perpetual'],
    ['BYBIT:10000SATSUSDT.P', 'bybit 10000SATSUSDT perpetual'],
    ['HYPERLIQUID:KPEPEUSDC.P', 'hyperliquid KPEPEUSDC perpetual'],
    ['KRAKEN:BTCUSD.PM', 'kraken BTCUSD perpetual'],
    ['MEXC:BTCUSDT.P', 'mexc BTCUSDT perpetual'],
    ['COINBASE:BTCUSD', 'coinbase BTCUSD spot'],
    ['COMEX_MINI:MGC1!', 'comex_mini MGC dated'],
    ['CME:BTC1!', 'cme BTC dated'],
    ['CME:METZ2026', 'cme MET dated'],
    ['COMEX:GC1!', 'comex GC dated'],
    ['NYMEX:CL2!', 'nymex CL dated'],
    ['CBOT:ZW1!', 'cbot ZW dated'],
    ['TVC:USOIL', 'tvc USOIL spot'],
    ['CRYPTOCAP:BTC', 'null CRYPTOCAP:BTC spot'],
    ['BINANCE:BTCUSDT.P_OI', 'null BINANCE:BTCUSDT.P_OI spot'],
    ['BINANCE:BTCUSDT/BINANCE:ETHUSDT', 'null BINANCE:BTCUSDT/BINANCE:ETHUSDT spot'],
    [':', 'null : spot'],
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

  it.each([
    ['={"symbol":"BINANCE:BTCUSDT.P","session":"regular"}', 'binance BTCUSDT perpetual'],
    ['={"adjustment":"splits","currency-id":"USD","symbol":"COINBASE:BTCUSD"}', 'coinbase BTCUSD spot'],
    ['={"currency-id":"XTVCUSDT","symbol":"BINANCE:ETHUSDT"}', 'binance ETHUSDT spot'],
    [
      String.raw`={"adjustment":"splits","symbol":"={\"inputs\":{},\"symbol\":\"BYBIT:SOLUSDT.P\",\"type\":\"BarSetHeikenAshi@tv-basicstudies-60!\"}"}`,
      'bybit SOLUSDT perpetual',
    ],
  ])('reads the symbol within %s', (raw, expected) => {
    expect(read(page, raw)).toBe(expected);
  });

  it.each([
    '={"currency-id":"EUR","symbol":"COINBASE:BTCUSD"}',
    '={"symbol":"OANDA:XAUUSD","unit-id":"GRM"}',
    '={"symbol":"={}"}',
    '={',
    `={"${'X'.repeat(300)}`,
  ])('knows no pair by %s', (raw) => {
    const pair = raw.toUpperCase().slice(0, 80);
    expect(read(page, raw)).toBe(`null ${pair} spot`);
  });

  it.each([
    [
      'https://www.tradingview-widget.com/embed-widget/advanced-chart/?locale=en#%7B%22autosize%22%3Atrue%2C%22symbol%22%3A%22BINANCE%3ABTCUSDT.P%22%7D',
      'binance BTCUSDT perpetual',
    ],
    [
      'https://s.tradingview.com/widgetembed/?hideideas=1#%7B%22symbol%22%3A%22OKX%3AETHUSDT.P%22%2C%22frameElementId%22%3A%22x%22%7D',
      'okx ETHUSDT perpetual',
    ],
    ['https://s.tradingview.com/widgetembed/?symbol=BYBIT%3ABTCUSDT.P#%', 'bybit BTCUSDT perpetual'],
    ['https://www.tradingview.com/chart/#%E0%A4%A', null],
  ])('reads the address of an embedded chart, %s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });

  it('has the address name the exchange of what the toolbar names', () => {
    const stale = 'https://www.tradingview.com/chart/?symbol=BYBIT:BTCUSDT.P';
    expect(read(stale, 'BTCUSDT.P')).toBe('bybit BTCUSDT perpetual');
    expect(read(stale, 'USDT.P')).toBe('null USDT perpetual');
    expect(read(stale, 'ETHUSDT.P')).toBe('null ETHUSDT perpetual');
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
    ['/en/trade/BTC_USDT', 'binance BTCUSDT spot'],
    ['/en/futures/BTCUSDT_perpetual', 'binance BTCUSDT perpetual'],
    ['/en/futures/BTC_USDT', 'binance BTCUSDT perpetual'],
    ['/en/delivery/BTCUSD_251226', 'binance BTCUSD dated'],
    ['/zh-TC/futures/1000SATSUSDT#chart', 'binance 1000SATSUSDT perpetual'],
    ['/en/trade/pro', null],
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
    ['BTCUSD_PERP@PRICETYPE=MARK', 'binance BTCUSD perpetual'],
    ['btcusdt', 'binance BTCUSDT perpetual'],
    ['???', 'null ??? spot'],
  ])('shows the chart symbol %s as %s', (raw, expected) => {
    expect(read(page, raw)).toBe(expected);
  });

  it('shows nothing on pages whose charts are not known, whatever the chart says', () => {
    expect(read('https://www.binance.com/en/markets/overview', 'BTCUSDT')).toBeNull();
  });

  it('knows from the page that a chart is of spot, which shares its names with the perpetual', () => {
    expect(read('https://www.binance.com/en/trade/BTC_USDT', 'ETHUSDT')).toBe('binance ETHUSDT spot');
  });

  it('looks for charts on trading pages only', () => {
    const hasChart = (path: string) =>
      SITES.find(({ id }) => id === 'binance')?.hasChart(new URL(`https://www.binance.com${path}`));
    expect(hasChart('/en/futures/BTCUSDT')).toBe(true);
    expect(hasChart('/en/trade/BTC_USDT')).toBe(true);
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
    ['/trade/futures/usdt/BTCUSDT-27DEC24', 'bybit BTCUSDT dated'],
    ['/trade/inverse/BTCUSDZ24', 'bybit BTCUSD dated'],
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

describe('OKX', () => {
  it.each([
    ['/trade-swap/btc-usdt-swap', 'okx BTCUSDT perpetual'],
    ['/de/trade-swap/btc-usd-swap/', 'okx BTCUSD perpetual'],
    ['/zh-hans/trade-futures/btc-usdt-241227', 'okx BTCUSDT dated'],
    ['/trade-spot/pepe-usdt', 'okx PEPEUSDT spot'],
    ['/trade-margin/pepe-usdt', 'okx PEPEUSDT spot'],
    ['/es-la/trade-swap/eth-usdc-swap', 'okx ETHUSDC perpetual'],
    ['/trade-swap/btc-eur-swap', null],
    ['/markets/prices', null],
  ])('reads the address %s as %s', (path, expected) => {
    expect(read(`https://www.okx.com${path}`)).toBe(expected);
  });

  it('believes the chart for the name and the page for the market', () => {
    expect(read('https://www.okx.com/trade-swap/btc-usdt-swap', 'ETH-USDT-SWAP')).toBe('okx ETHUSDT perpetual');
    expect(read('https://www.okx.com/trade-swap/btc-usdt-swap', 'ETHUSDT')).toBe('okx ETHUSDT perpetual');
    expect(read('https://www.okx.com/trade-spot/btc-usdt', 'ETH/USDT')).toBe('okx ETHUSDT spot');
    expect(read('https://www.okx.com/trade-spot/btc-usdt', 'OKX:ETHUSDT.P')).toBe('okx ETHUSDT perpetual');
  });
});

describe('Gate', () => {
  it.each([
    ['https://www.gate.com/futures/USDT/BTC_USDT', 'gate BTCUSDT perpetual'],
    ['https://www.gate.io/futures_trade/USDT/ETH_USDT', 'gate ETHUSDT perpetual'],
    ['https://www.gate.io/futures-delivery/usdt/BTC_USDT_20241227', 'gate BTCUSDT dated'],
    ['https://www.gate.com/de/futures/usdt/PEPE_USDT/', 'gate PEPEUSDT perpetual'],
    ['https://www.gate.com/futures/BTC/BTC_USD', 'gate BTCUSD perpetual'],
    ['https://www.gate.com/futures/USDT/BTC_USDT_20241227', 'gate BTCUSDT dated'],
    ['https://www.gate.com/trade/BTC_USDT', 'gate BTCUSDT spot'],
    ['https://www.gate.com/zh/futures/USDT/BTC_USDT?x=1#y', 'gate BTCUSDT perpetual'],
    ['https://www.gate.com/futures_market_info/x', null],
  ])('reads the address %s as %s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });

  it('believes the chart for the name and the page for the market', () => {
    expect(read('https://www.gate.com/futures/USDT/BTC_USDT', 'ETH_USDT')).toBe('gate ETHUSDT perpetual');
    expect(read('https://www.gate.com/trade/BTC_USDT', 'ETH/USDT')).toBe('gate ETHUSDT spot');
  });
});

describe('Bitget', () => {
  it.each([
    ['/futures/usdt/BTCUSDT', 'bitget BTCUSDT perpetual'],
    ['/de/futures/usdt/ETHUSDT/', 'bitget ETHUSDT perpetual'],
    ['/futures/usdc/BTCPERP', 'bitget BTCUSDC perpetual'],
    ['/futures/coin/BTCUSD', 'bitget BTCUSD perpetual'],
    ['/futures/coin/BTCUSDZ24', 'bitget BTCUSD dated'],
    ['/spot/BTCUSDT', 'bitget BTCUSDT spot'],
    ['/zh-CN/futures/usdt/BTCUSDT?type=x', 'bitget BTCUSDT perpetual'],
    ['/mix/usdt/BTCUSDT_UMCBL', 'bitget BTCUSDT perpetual'],
    ['/spot/BTCUSDT_SPBL', 'bitget BTCUSDT spot'],
    ['/copy-trading', null],
  ])('reads the address %s as %s', (path, expected) => {
    expect(read(`https://www.bitget.com${path}`)).toBe(expected);
  });

  it('believes the chart for the name, and its ending for the market', () => {
    expect(read('https://www.bitget.com/futures/usdt/BTCUSDT', 'ETHUSDT')).toBe('bitget ETHUSDT perpetual');
    expect(read('https://www.bitget.com/futures/usdt/BTCUSDT', 'BTCUSDT_UMCBL')).toBe('bitget BTCUSDT perpetual');
    expect(read('https://www.bitget.com/spot/BTCUSDT', 'BTCUSDT_SPBL')).toBe('bitget BTCUSDT spot');
    expect(read('https://www.bitget.com/spot/BTCUSDT', 'ETHUSDT')).toBe('bitget ETHUSDT spot');
  });
});

describe('Hyperliquid', () => {
  it.each([
    ['/trade/BTC', 'hyperliquid BTCUSDC perpetual'],
    ['/trade/kPEPE', 'hyperliquid 1000PEPEUSDC perpetual'],
    ['/trade/KAS', 'hyperliquid KASUSDC perpetual'],
    ['/trade/xyz:GOLD', 'hyperliquid GOLDUSDC perpetual'],
    ['/trade/flx:GOLD', 'flx GOLDUSDC perpetual'],
    ['/trade/xyz%3AGOLD', 'hyperliquid GOLDUSDC perpetual'],
    ['/trade/PURR/USDC', 'hyperliquid PURRUSDC spot'],
    ['/trade', null],
    ['/vaults', null],
  ])('reads the address %s as %s', (path, expected) => {
    expect(read(`https://app.hyperliquid.xyz${path}`)).toBe(expected);
  });

  it('believes the chart before the address', () => {
    expect(read('https://app.hyperliquid.xyz/trade/BTC', 'ETH')).toBe('hyperliquid ETHUSDC perpetual');
    expect(read('https://app.hyperliquid.xyz/trade/BTC', 'ETHUSD')).toBe('hyperliquid ETHUSDC perpetual');
    expect(read('https://app.hyperliquid.xyz/trade', 'kBONK-USD')).toBe('hyperliquid 1000BONKUSDC perpetual');
  });

  it('has the address name a spot pair that the chart numbers', () => {
    expect(read('https://app.hyperliquid.xyz/trade/HYPE/USDC', '@107')).toBe('hyperliquid HYPEUSDC spot');
    expect(read('https://app.hyperliquid.xyz/trade/BTC', '@107')).toBe('null @107 spot');
  });
});

describe('any other site', () => {
  it('hands on what the chart says, else the address, and remembers choices by the host', () => {
    const location = new URL('https://charts.example/trade/BTCUSDT?x=1#y');
    const readThere = (raw: string) => readSymbol(siteAt(location), raw, location);
    expect(readThere('ETH_USDT')).toMatchObject({ raw: 'ETH_USDT', exchange: null, site: 'charts.example' });
    expect(readThere('')).toMatchObject({ raw: 'charts.example/trade/BTCUSDT?x=1#y', site: 'charts.example' });
  });

  it('can be allowed, unlike a known one or a page that is no site', () => {
    expect(otherSitePattern('https://charts.example/x?y')).toBe('https://charts.example/*');
    for (const url of [
      'https://www.okx.com/*',
      'https://de.tradingview.com/',
      'chrome://extensions',
      'https://*/*',
      '<all_urls>',
      'http://charts.example/',
    ])
      expect(otherSitePattern(url)).toBeNull();
  });
});

it('tells which site shows a symbol, also one that no rule reads', () => {
  const location = new URL('https://www.tradingview.com/chart/abc/');
  const read = (raw: string) => readSymbol(SITES[0], raw, location);
  expect(read('BINANCE:BTCUSDT.P')).toMatchObject({ site: 'tradingview' });
  expect(read('NASDAQ:AAPL/2')).toMatchObject({ raw: 'NASDAQ:AAPL/2', site: 'tradingview' });
  expect(read('X'.repeat(300))).toHaveProperty('raw.length', 80);
});

describe('the registry', () => {
  const siteOfPattern = (pattern: string) => siteAt(new URL(pattern.replace('*.', 'www.').replace('/*', '/')));

  it('has a site for every pattern of the manifest, and a pattern for every site', () => {
    expect(new Set(SITE_MATCHES.map(siteOfPattern))).toEqual(new Set(SITES));
    expect(siteAt({ hostname: 'nottradingview.com' }).id).toBe('other');
    expect(siteAt({ hostname: 'tradingview.com.evil.example' }).id).toBe('other');
  });

  it('has distinct ids, and patterns that reach frames', () => {
    expect(new Set(SITES.map(({ id }) => id)).size).toBe(SITES.length);
    expect(SITE_MATCHES.every((pattern) => /^https:\/\/[^/]+\/\*$/.test(pattern))).toBe(true);
  });
});

/** Pieces of real names and of nonsense, in any order. */
const spelling = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'BTC',
        'USDT',
        '1000',
        'PEPE',
        ':',
        '.P',
        '_',
        '-',
        '/',
        '@',
        '=',
        '{"symbol":"',
        '"}',
        '\\',
        '%',
        '241227',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

it('reads a symbol of bounded length, or none, from whatever a page says and is called', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SITE_MATCHES), spelling, spelling, (pattern, path, raw) => {
      const location = new URL(pattern.replace('*.', 'www.').replace('*', encodeURI(path)));
      const symbol = readSymbol(siteAt(location), raw, location);
      if (symbol === null || symbol === 'index-price') return;
      expect(symbol.raw.length).toBeGreaterThan(0);
      if (raw.trim() !== '') expect(symbol.raw.length).toBeLessThanOrEqual(80);
      expect(symbol.pair).toBe(symbol.pair.toUpperCase());
      expect(symbol.exchange).not.toBe('');
    }),
  );
});
