import { bundledTiers } from './binance/bundled-tiers';
import type { BinanceProduct } from './binance/product';
import { createBinanceFutures } from './binance/venue';
import type { Venue, VenueEnvironment } from './venue';

const USD_M: BinanceProduct = {
  id: 'binance',
  name: 'Binance',
  settlement: 'linear',
  origin: 'https://fapi.binance.com',
  paths: {
    exchangeInfo: '/fapi/v1/exchangeInfo',
    klines: '/fapi/v1/klines',
    markPriceKlines: '/fapi/v1/markPriceKlines',
    openInterest: '/fapi/v1/openInterest',
    premiumIndex: '/fapi/v1/premiumIndex',
    fundingInfo: '/fapi/v1/fundingInfo',
    ticker: '/fapi/v1/ticker/24hr',
    time: '/fapi/v1/time',
    schedule: '/fapi/v1/tradingSchedule',
    brackets: '/bapi/futures/v1/friendly/future/common/brackets',
  },
  openInterestQuery: (symbol) => ({ symbol }),
  ratioQuery: (symbol) => ({ symbol }),
  premiumWeight: 1,
  usualContractSize: () => 1,
  bundledTiers,
  stream: {
    // `/ws` and `/stream` still connect but have been mute since 2026-04-23; aggTrade, markPrice, kline and forceOrder live under `/market`.
    url: 'wss://fstream.binance.com/market/stream',
    foreignSubtype: 2,
    // A market without a single liquidation for days is normal, so their silence says nothing.
    controls: ['trades', 'mark', 'bars'],
    heartbeat: 'btcusdt',
  },
};

/** Binance USD-M perpetuals: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBinance(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  return createBinanceFutures(USD_M, environment, random);
}
