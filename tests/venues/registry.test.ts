import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { STREAM_NAMES } from '@/lib/market/health';
import { VENUES } from '@/lib/venues';
import { HOSTS_BY_VENUE, VENUE_HOSTS } from '@/lib/venues/hosts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'lib/venues');
const ids = Object.keys(VENUES) as (keyof typeof VENUES)[];

/** What a venue shares with another of the same exchange, beside its own folder. */
const SHARED_FOLDERS: Readonly<Record<string, string>> = { 'binance-coin': 'binance' };

const foldersOf = (id: string): string[] => (id in SHARED_FOLDERS ? [id, SHARED_FOLDERS[id]] : [id]);

const sourcesOf = (id: string): string =>
  [
    `${id}.ts`,
    ...foldersOf(id).flatMap((folder) => readdirSync(path.join(FOLDER, folder)).map((file) => path.join(folder, file))),
  ]
    .map((file) => path.join(FOLDER, file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** What each endpoint and frame of a venue is called among its fixtures. */
const FIXTURES: Readonly<Record<keyof typeof VENUES, Readonly<Record<string, readonly string[]>>>> = {
  binance: {
    '/fapi/v1/exchangeInfo': ['exchange-info'],
    '/fapi/v1/klines': ['klines'],
    '/fapi/v1/markPriceKlines': ['mark-price-klines'],
    '/fapi/v1/openInterest': ['open-interest'],
    '/fapi/v1/premiumIndex': ['premium-index'],
    '/fapi/v1/fundingInfo': ['funding-info'],
    '/fapi/v1/ticker/24hr': ['ticker', 'premium-index-all'],
    '/fapi/v1/time': ['time'],
    '/futures/data/openInterestHist': ['open-interest-hist'],
    '/futures/data/globalLongShortAccountRatio': ['global-long-short-account-ratio'],
    '/bapi/futures/v1/friendly/future/common/brackets': ['brackets'],
    aggTrade: ['agg-trade'],
    markPriceUpdate: ['mark-price'],
    kline: ['kline-open', 'kline-closed'],
    forceOrder: ['force-order-sell', 'force-order-buy', 'force-order-coin-m'],
    contractInfo: ['contract-info', 'contract-info-listing'],
  },
  'binance-coin': {
    '/dapi/v1/exchangeInfo': ['exchange-info'],
    '/dapi/v1/klines': ['klines'],
    '/dapi/v1/markPriceKlines': ['mark-price-klines'],
    '/dapi/v1/openInterest': ['open-interest'],
    '/dapi/v1/premiumIndex': ['premium-index'],
    '/dapi/v1/fundingInfo': ['funding-info'],
    '/dapi/v1/ticker/24hr': ['ticker'],
    '/dapi/v1/time': ['time'],
    '/futures/data/openInterestHist': ['open-interest-hist'],
    '/futures/data/globalLongShortAccountRatio': ['global-long-short-account-ratio'],
    '/bapi/futures/v1/friendly/delivery/common/brackets': ['brackets'],
    aggTrade: ['agg-trade'],
    markPriceUpdate: ['mark-price'],
    kline: ['kline'],
    forceOrder: ['force-order'],
    contractInfo: ['contract-info'],
  },
  bybit: {
    '/v5/market/instruments-info': ['instruments-linear', 'instruments-inverse'],
    '/v5/market/kline': ['kline'],
    '/v5/market/mark-price-kline': ['mark-price-kline'],
    '/v5/market/open-interest': ['open-interest'],
    '/v5/market/tickers': ['tickers-linear', 'tickers-inverse'],
    '/v5/market/account-ratio': ['account-ratio'],
    '/v5/market/risk-limit': ['risk-limit-linear', 'risk-limit-inverse'],
    '/v5/market/time': ['time'],
    publicTrade: ['public-trade'],
    tickers: ['ticker-snapshot', 'ticker-delta'],
    kline: ['kline-frame'],
    allLiquidation: ['all-liquidation'],
  },
  gate: {
    '/api/v4/futures/usdt/contracts': ['contracts', 'contract'],
    '/api/v4/futures/usdt/candlesticks': ['candlesticks', 'mark-candlesticks'],
    '/api/v4/futures/usdt/contract_stats': ['contract-stats'],
    '/api/v4/futures/usdt/liq_orders': ['liq-orders'],
    '/api/v4/futures/usdt/risk_limit_tiers': ['risk-limit-tiers'],
    '/api/v4/futures/usdt/tickers': ['tickers'],
    '/api/v4/spot/time': ['time'],
    'futures.trades': ['trades'],
    'futures.tickers': ['tickers-update'],
    'futures.candlesticks': ['candlesticks-update'],
    'futures.public_liquidates': ['public-liquidates'],
    'futures.contract_info': ['contract-info', 'contract-info-steps'],
  },
  hyperliquid: {
    '/info': ['meta-and-asset-ctxs', 'candle-snapshot', 'l2-book'],
    trades: ['trades'],
    activeAssetCtx: ['active-asset-ctx'],
    candle: ['candle'],
  },
  okx: {
    '/api/v5/public/instruments': ['instruments'],
    '/api/v5/market/candles': ['candles'],
    '/api/v5/market/history-candles': ['candles'],
    '/api/v5/market/mark-price-candles': ['mark-price-candles'],
    '/api/v5/market/history-mark-price-candles': ['mark-price-candles'],
    '/api/v5/market/tickers': ['tickers'],
    '/api/v5/public/open-interest': ['open-interest'],
    '/api/v5/public/mark-price': ['mark-price'],
    '/api/v5/public/funding-rate': ['funding-rate'],
    '/api/v5/public/position-tiers': ['position-tiers'],
    '/api/v5/public/liquidation-orders': ['liquidation-orders'],
    '/api/v5/public/time': ['time'],
    '/api/v5/rubik/stat/contracts/open-interest-history': ['open-interest-history'],
    '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract': ['long-short-account-ratio-contract'],
    trades: ['trades'],
    'mark-price': ['mark-price-push'],
    'funding-rate': ['funding-rate-push'],
    candle5m: ['candle5m-open', 'candle5m-closed'],
    'liquidation-orders': ['liquidation-orders-long', 'liquidation-orders-short', 'liquidation-orders-net'],
  },
  bitget: {
    '/api/v2/mix/market/contracts': ['contracts'],
    '/api/v2/mix/market/candles': ['candles', 'mark-candles'],
    '/api/v2/mix/market/history-candles': ['history-candles'],
    '/api/v2/mix/market/history-mark-candles': ['history-mark-candles'],
    '/api/v2/mix/market/ticker': ['ticker'],
    '/api/v2/mix/market/tickers': ['tickers'],
    '/api/v2/mix/market/current-fund-rate': ['current-fund-rate'],
    '/api/v2/mix/market/account-long-short': ['account-long-short'],
    '/api/v2/public/time': ['time'],
    '/api/v3/market/position-tier': ['position-tier'],
    '/api/v3/market/liquidations': ['liquidations'],
    publicTrade: ['public-trade', 'public-trade-snapshot'],
    ticker: ['ticker-push'],
    kline: ['kline'],
    liquidation: ['liquidation-long', 'liquidation-short'],
  },
};

describe('registry of venues', () => {
  it('holds every file that makes a venue', () => {
    const makers = readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\): Venue \{/.test(readFileSync(path.join(FOLDER, entry.name), 'utf8')))
      .map((entry) => path.basename(entry.name, '.ts'));
    expect(makers.toSorted()).toEqual(ids.toSorted());
  });

  it('feeds the manifest with the hosts of its venues and nothing more', () => {
    expect(Object.keys(HOSTS_BY_VENUE)).toEqual(ids);
    expect(VENUE_HOSTS).toEqual([...new Set(ids.flatMap((id) => HOSTS_BY_VENUE[id] as readonly string[]))]);
  });

  it.each(ids)('%s names hosts for exactly the origins that it asks', (id) => {
    const origins = new Set(sourcesOf(id).match(/(?<=origin: ')https:\/\/[^/']+/g));
    expect([...origins]).toEqual(HOSTS_BY_VENUE[id].map((pattern) => new URL(pattern).origin));
  });

  it.each(ids)('%s has a fixture for every endpoint and every frame', (id) => {
    const source = sourcesOf(id);
    const endpoints = source.match(/(?<=')\/[a-z][^' ]*(?=')/g) ?? [];
    const frames = [...(source.match(/const PARSERS[^;]+;/)?.[0].matchAll(/^ {2}'?([\w.-]+)'?:/gm) ?? [])].map(
      ([, name]) => name,
    );
    expect(new Set([...endpoints, ...frames])).toEqual(new Set(Object.keys(FIXTURES[id])));
    const files = readdirSync(path.join(ROOT, 'tests/fixtures', id));
    for (const name of Object.values(FIXTURES[id]).flat()) expect(files).toContain(`${name}.json`);
  });

  it.each(ids)('%s keeps the health of every stream', (id) => {
    const venue = VENUES[id]({
      fetch: () => Promise.reject(new Error('unused')),
      createSocket: () => {
        throw new Error('unused');
      },
      now: () => 0,
      setTimer: () => () => {},
      hasHostAccess: () => Promise.resolve(true),
    });
    expect(venue.id).toBe(id);
    expect(venue.health().streams.map((each) => [each.stream, each.state])).toEqual(
      STREAM_NAMES.map((stream) => [stream, 'idle']),
    );
  });
});
