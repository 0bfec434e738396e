import type { RiskTier } from '@/lib/market/risk-tier';
import { tiersFromRows } from '@/tests/market/synthetic-margin';

import { createBinanceMarket, isCoinSocket } from './binance';
import { COIN_M_ROUTES } from './binance-rest';
import { deriveListing } from './derived-listing';
import type { Listing } from './source-book';
import type { VenueContext, VenuePart } from './venue-part';

/** Of the market's quantity. */
const SHARE = 0.15;
const PRICE_FACTOR = 1.0004;

interface CoinContract {
  readonly market: string;
  readonly symbol: string;
  readonly tickSize: number;
  readonly contractSize: number;
  readonly tiers: readonly RiskTier[];
}

/** Caps in coin; BTC's as published in 2026, the others round figures of the same shape. */
const CONTRACTS: readonly CoinContract[] = [
  {
    market: 'BTCUSDT',
    symbol: 'BTCUSD_PERP',
    tickSize: 0.1,
    contractSize: 100,
    tiers: tiersFromRows([
      [5, 0.004, 125],
      [10, 0.005, 100],
      [25, 0.01, 50],
      [150, 0.025, 20],
      [400, 0.05, 10],
      [950, 0.1, 5],
      [1200, 0.125, 4],
      [1600, 0.15, 3],
      [2400, 0.25, 2],
      [3500, 0.5, 1],
    ]),
  },
  {
    market: 'ETHUSDT',
    symbol: 'ETHUSD_PERP',
    tickSize: 0.01,
    contractSize: 10,
    tiers: tiersFromRows([
      [100, 0.006, 75],
      [500, 0.01, 50],
      [5000, 0.05, 10],
      [50_000, 0.5, 1],
    ]),
  },
  {
    market: 'DOGEUSDT',
    symbol: 'DOGEUSD_PERP',
    tickSize: 0.00001,
    contractSize: 10,
    tiers: tiersFromRows([
      [1e6, 0.025, 20],
      [5e6, 0.05, 10],
      [50e6, 0.5, 1],
    ]),
  },
];

/** Binance COIN-M futures: the same web site, requests and streams, margined in coin. */
export const createBinanceCoin = (context: VenueContext): VenuePart =>
  createBinanceMarket(context, {
    listings: new Map(CONTRACTS.flatMap((contract) => listingOf(contract, context.markets))),
    routes: COIN_M_ROUTES,
    apiHost: 'dapi.binance.com',
    bracketsPath: '/bapi/futures/v1/friendly/delivery/common/brackets',
    streamHosts: ['fstream.binance.com', 'dstream.binance.com'],
    acceptsSocket: isCoinSocket,
  });

const listingOf = (contract: CoinContract, markets: VenueContext['markets']): [string, Listing][] => {
  const market = markets.get(contract.market);
  if (market === undefined) return [];
  const { symbol, tickSize, contractSize, tiers } = contract;
  const instrument = { ...market.instrument, symbol, tickSize, qtyStep: contractSize, contractSize, tiers };
  const qtyFactor = SHARE * market.instrument.typicalPrice;
  return [[symbol, deriveListing(market, instrument, { priceFactor: PRICE_FACTOR, qtyFactor })]];
};
