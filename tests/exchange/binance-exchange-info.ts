import { DAY_MS, floorToStep } from '@/lib/core/time';

import { WEIGHT_PER_MINUTE } from './binance-limits';
import { minLeverage, PERPETUAL_DELIVERY_MS } from './binance-wire';
import { type Instrument, stepDigits } from './instruments';
import type { Listing } from './source-book';

interface Context {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly nowMs: number;
}

/** GET /fapi/v1/exchangeInfo: the contracts on offer, and two that nobody can follow: a quarterly and a settled one. */
export const exchangeInfo = ({ listings, nowMs }: Context): object => {
  const perpetuals = [...listings.values()].map((listing) => describe(listing.instrument, listing.listedTimeMs));
  const [bitcoin] = perpetuals;
  const deliveryDate = floorToStep(nowMs, 7 * DAY_MS) + 60 * DAY_MS;
  const suffix = new Date(deliveryDate).toISOString().slice(2, 10).replaceAll('-', '');
  return {
    timezone: 'UTC',
    serverTime: nowMs,
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: WEIGHT_PER_MINUTE },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200 },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300 },
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: [
      ...perpetuals,
      { ...bitcoin, symbol: `${bitcoin.pair}_${suffix}`, contractType: 'CURRENT_QUARTER', deliveryDate },
      { ...describe(SETTLED, 0), status: 'SETTLING' },
    ],
  };
};

const SETTLED: Instrument = {
  symbol: 'GONEUSDT',
  baseAsset: 'GONE',
  contractType: 'PERPETUAL',
  underlyingType: 'COIN',
  tickSize: 0.001,
  qtyStep: 1,
  fundingIntervalMs: 8 * 3_600_000,
  tiers: [],
  typicalPrice: 1,
  volatility: 0,
  typicalNotional: 0,
  listedDays: 0,
};

const describe = (instrument: Instrument, listedTimeMs: number) => {
  const { symbol, baseAsset, tickSize, qtyStep, typicalPrice } = instrument;
  const priceDigits = stepDigits(tickSize);
  const qtyDigits = stepDigits(qtyStep);
  const stepSize = qtyStep.toFixed(qtyDigits);
  return {
    symbol,
    pair: symbol,
    contractType: instrument.contractType,
    deliveryDate: PERPETUAL_DELIVERY_MS,
    onboardDate: listedTimeMs,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: priceDigits,
    quantityPrecision: qtyDigits,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: instrument.underlyingType,
    underlyingSubType: [],
    settlePlan: 0,
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10000,
    filters: [
      {
        minPrice: (typicalPrice / 100).toFixed(priceDigits),
        maxPrice: (typicalPrice * 100).toFixed(priceDigits),
        filterType: 'PRICE_FILTER',
        tickSize: tickSize.toFixed(priceDigits),
      },
      { stepSize, filterType: 'LOT_SIZE', maxQty: '100000000', minQty: stepSize },
      { stepSize, filterType: 'MARKET_LOT_SIZE', maxQty: '10000000', minQty: stepSize },
      { limit: 200, filterType: 'MAX_NUM_ORDERS' },
      { limit: 10, filterType: 'MAX_NUM_ALGO_ORDERS' },
      { notional: '5', filterType: 'MIN_NOTIONAL' },
      { multiplierDown: '0.9500', multiplierUp: '1.0500', multiplierDecimal: '4', filterType: 'PERCENT_PRICE' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  };
};

/** GET www.binance.com/bapi/futures/v1/friendly/future/common/brackets: every contract's leverage brackets, no key needed. */
export const brackets = ({ listings, nowMs }: Context): object => ({
  code: '000000',
  message: null,
  messageDetail: null,
  data: {
    brackets: [...listings.values()].map(({ instrument, listedTimeMs }) => ({
      symbol: instrument.symbol,
      updateTime: Math.min(nowMs, listedTimeMs + DAY_MS),
      notionalLimit: instrument.tiers.at(-1)?.notionalCap ?? 0,
      riskBrackets: instrument.tiers.map((tier, index) => ({
        bracketSeq: index + 1,
        bracketNotionalFloor: tier.notionalFloor,
        bracketNotionalCap: tier.notionalCap,
        bracketMaintenanceMarginRate: tier.maintenanceMarginRate,
        cumFastMaintenanceAmount: tier.maintenanceAmount,
        minOpenPosLeverage: minLeverage(instrument, index),
        maxOpenPosLeverage: tier.maxLeverage,
      })),
    })),
  },
  success: true,
});
