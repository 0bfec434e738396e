import { DAY_MS, floorToStep } from '@/lib/core/time';

import { pairOf, PERPETUAL_DELIVERY_MS } from './binance-wire';
import { type Instrument, stepDigits } from './instruments';
import type { Listing } from './source-book';

interface Context {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly nowMs: number;
}

/** GET /dapi/v1/exchangeInfo: the contracts on offer, and a quarterly one that nobody can follow. */
export const coinExchangeInfo = ({ listings, nowMs }: Context): object => {
  const perpetuals = [...listings.values()].map((listing) => describe(listing.instrument, listing.listedTimeMs));
  const [bitcoin] = perpetuals;
  const deliveryDate = floorToStep(nowMs, 7 * DAY_MS) + 60 * DAY_MS;
  return {
    timezone: 'UTC',
    serverTime: nowMs,
    rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 2400 }],
    exchangeFilters: [],
    symbols: [
      ...perpetuals,
      { ...bitcoin, symbol: `${bitcoin.pair}_261225`, contractType: 'CURRENT_QUARTER', deliveryDate },
    ],
  };
};

const describe = (instrument: Instrument, listedTimeMs: number) => {
  const { symbol, baseAsset, tickSize, contractSize } = instrument;
  const priceDigits = stepDigits(tickSize);
  return {
    symbol,
    pair: pairOf(instrument),
    contractType: 'PERPETUAL',
    deliveryDate: PERPETUAL_DELIVERY_MS,
    onboardDate: listedTimeMs,
    contractStatus: 'TRADING',
    contractSize,
    marginAsset: baseAsset,
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset,
    quoteAsset: 'USD',
    pricePrecision: priceDigits,
    quantityPrecision: 0,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    equalQtyPrecision: 4,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    triggerProtect: '0.0500',
    liquidationFee: '0.015000',
    marketTakeBound: '0.05',
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: tickSize.toFixed(priceDigits), tickSize: tickSize.toFixed(priceDigits) },
      { stepSize: '1', filterType: 'LOT_SIZE', maxQty: '1000000', minQty: '1' },
      { stepSize: '1', filterType: 'MARKET_LOT_SIZE', maxQty: '60000', minQty: '1' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  };
};
