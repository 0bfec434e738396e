import { bundledCoinTiers } from './binance-coin/bundled-coin-tiers';
import type { BinanceProduct } from './binance/product';
import { createBinanceFutures } from './binance/venue';
import type { Venue, VenueEnvironment } from './venue';

/** `BTCUSD` of `BTCUSD_PERP`: statistics are kept by pair. */
const pairOf = (symbol: string): string => symbol.replace(/_PERP$/, '');

const COIN_M: BinanceProduct = {
  id: 'binance-coin',
  name: 'Binance COIN-M',
  settlement: 'inverse',
  origin: 'https://dapi.binance.com',
  paths: {
    exchangeInfo: '/dapi/v1/exchangeInfo',
    klines: '/dapi/v1/klines',
    markPriceKlines: '/dapi/v1/markPriceKlines',
    openInterest: '/dapi/v1/openInterest',
    premiumIndex: '/dapi/v1/premiumIndex',
    fundingInfo: '/dapi/v1/fundingInfo',
    ticker: '/dapi/v1/ticker/24hr',
    time: '/dapi/v1/time',
    brackets: '/bapi/futures/v1/friendly/delivery/common/brackets',
  },
  openInterestQuery: (symbol) => ({ pair: pairOf(symbol), contractType: 'PERPETUAL' }),
  ratioQuery: (symbol) => ({ pair: pairOf(symbol) }),
  premiumWeight: 10,
  usualContractSize: (symbol) => (symbol.startsWith('BTCUSD_') ? 100 : 10),
  bundledTiers: bundledCoinTiers,
  stream: {
    // Said to carry both markets since 2026-06-30; the older address is tried where this one delivers nothing.
    url: 'wss://fstream.binance.com/market/stream?streams=btcusd_perp@markPrice@1s',
    fallbackUrl: 'wss://dstream.binance.com/market/stream?streams=btcusd_perp@markPrice@1s',
    foreignSubtype: 1,
    // Most contracts see no trade, thus no new bar, for minutes; their mark is told every second.
    controls: ['mark'],
    heartbeat: 'btcusd_perp',
  },
};

/** Binance COIN-M perpetuals, margined in coin, quantities in USD: docs/venues.md. `random` in [0, 1) spreads reconnects. */
export function createBinanceCoin(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  return createBinanceFutures(COIN_M, environment, random);
}
