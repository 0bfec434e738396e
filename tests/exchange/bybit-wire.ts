import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';

import {
  aggregateTrades,
  formatMark,
  formatPrice,
  formatQty,
  fundingAt,
  indexPrice,
  TRADE_SLOT_MS,
} from './binance-wire';
import type { BybitListing } from './bybit-listings';
import { stepDigits } from './instruments';
import type { Candle, PriceRange } from './market-source';

/** In coin for an inverse contract. */
const turnoverOf = (candle: Candle, { category }: BybitListing): string =>
  (category === 'inverse' ? candle.volume / candle.close : candle.quoteVolume).toFixed(4);

export const klineRow = (candle: Candle, listing: BybitListing): string[] => [
  String(candle.openTimeMs),
  formatPrice(candle.open, listing.instrument),
  formatPrice(candle.high, listing.instrument),
  formatPrice(candle.low, listing.instrument),
  formatPrice(candle.close, listing.instrument),
  formatQty(candle.volume, listing.instrument),
  turnoverOf(candle, listing),
];

export const markRow = (range: PriceRange): string[] => [
  String(range.openTimeMs),
  ...[range.open, range.high, range.low, range.close].map(formatMark),
];

export const klineFrame = (candle: Candle, endMs: number, nowMs: number, interval: string, listing: BybitListing) => {
  const [start, open, high, low, close, volume, turnover] = klineRow(candle, listing);
  const figures = { start: Number(start), end: endMs - 1, interval, open, close, high, low, volume, turnover };
  return {
    topic: `kline.${interval}.${listing.instrument.symbol}`,
    data: [{ ...figures, confirm: nowMs >= endMs, timestamp: Math.min(nowMs, endMs - 1) }],
    ts: nowMs,
    type: 'snapshot',
  };
};

/** What was traded in whole slots, as one trade; null when nothing was. */
export const tradeFrame = (
  listing: BybitListing,
  firstSlot: number,
  lastSlot: number,
  nowMs: number,
): object | null => {
  const trade = aggregateTrades(listing.source(), firstSlot, lastSlot);
  if (trade === null) return null;
  const { instrument } = listing;
  const figures = {
    T: trade.timeMs,
    s: instrument.symbol,
    S: trade.isBuyerMaker ? 'Sell' : 'Buy',
    v: formatQty(trade.qty, instrument),
    p: formatPrice(trade.price, instrument),
    L: 'ZeroPlusTick',
    i: `${instrument.symbol}-${lastSlot}`,
    BT: false,
    RPI: false,
    seq: Math.floor(nowMs / TRADE_SLOT_MS),
  };
  return { topic: `publicTrade.${instrument.symbol}`, type: 'snapshot', ts: nowMs, data: [figures] };
};

/** What moves all the time: the whole of a ticker's delta but at the hour of funding. */
const movingFigures = (listing: BybitListing, nowMs: number) => {
  const source = listing.source();
  const openInterest = source.openInterest(nowMs);
  const inQuote = (qty: number): string =>
    (listing.category === 'inverse' ? qty / source.mark(nowMs) : qty * source.mark(nowMs)).toFixed(4);
  return {
    lastPrice: formatPrice(source.price(nowMs), listing.instrument),
    markPrice: formatMark(source.mark(nowMs)),
    indexPrice: formatMark(indexPrice(source, nowMs)),
    openInterest: formatQty(2 * openInterest, listing.instrument),
    openInterestValue: inQuote(2 * openInterest),
    singleOpenInterest: formatQty(openInterest, listing.instrument),
    singleOpenInterestValue: inQuote(openInterest),
  };
};

const fundingFigures = (listing: BybitListing, nowMs: number) => {
  const { rate, nextMs } = fundingAt(listing.instrument, nowMs);
  return { fundingRate: rate.toFixed(8), nextFundingTime: String(nextMs) };
};

export const tickerRow = (listing: BybitListing, nowMs: number) => {
  const { instrument, listedTimeMs } = listing;
  const fromMs = Math.max(listedTimeMs, floorToStep(nowMs, MINUTE_MS) - DAY_MS);
  const day = listing.source().candle(fromMs, floorToStep(nowMs, MINUTE_MS) + MINUTE_MS, nowMs);
  return {
    symbol: instrument.symbol,
    ...movingFigures(listing, nowMs),
    prevPrice24h: formatPrice(day.open, instrument),
    price24hPcnt: (day.close / day.open - 1).toFixed(6),
    highPrice24h: formatPrice(day.high, instrument),
    lowPrice24h: formatPrice(day.low, instrument),
    turnover24h: turnoverOf(day, listing),
    volume24h: formatQty(day.volume, instrument),
    ...fundingFigures(listing, nowMs),
    fundingIntervalHour: String(instrument.fundingIntervalMs / HOUR_MS),
    deliveryTime: '0',
  };
};

export const tickerFrame = (
  listing: BybitListing,
  type: 'snapshot' | 'delta',
  fromMs: number,
  nowMs: number,
): object => {
  const { symbol } = listing.instrument;
  const isFundingNew = fundingAt(listing.instrument, fromMs).nextMs !== fundingAt(listing.instrument, nowMs).nextMs;
  const delta = { symbol, ...movingFigures(listing, nowMs), ...(isFundingNew ? fundingFigures(listing, nowMs) : {}) };
  return {
    topic: `tickers.${symbol}`,
    type,
    data: type === 'delta' ? delta : tickerRow(listing, nowMs),
    cs: nowMs,
    ts: nowMs,
  };
};

/** `S` is the position's side: a Buy was a long. */
export const liquidationFrame = (
  events: readonly Liquidation[],
  nowMs: number,
  { instrument }: BybitListing,
): object => ({
  topic: `allLiquidation.${instrument.symbol}`,
  type: 'snapshot',
  ts: nowMs,
  data: events.map(({ timeMs, positionSide, qty, bankruptcyPrice }) => ({
    T: timeMs,
    s: instrument.symbol,
    S: positionSide === 'long' ? 'Buy' : 'Sell',
    v: formatQty(qty, instrument),
    p: formatPrice(bankruptcyPrice, instrument),
  })),
});

export const instrumentRow = ({ instrument, category, quoteCoin, listedTimeMs }: BybitListing) => {
  const { symbol, baseAsset, tickSize, qtyStep, tiers } = instrument;
  const [priceDigits, qtyDigits] = [stepDigits(tickSize), stepDigits(qtyStep)];
  return {
    symbol,
    contractType: category === 'inverse' ? 'InversePerpetual' : 'LinearPerpetual',
    status: 'Trading',
    baseCoin: baseAsset,
    quoteCoin,
    settleCoin: category === 'inverse' ? baseAsset : quoteCoin,
    symbolType: instrument.underlyingType === 'EQUITY' ? 'stock' : '',
    launchTime: String(listedTimeMs),
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: String(priceDigits),
    leverageFilter: { minLeverage: '1', maxLeverage: String(tiers[0].maxLeverage), leverageStep: '0.01' },
    priceFilter: {
      minPrice: tickSize.toFixed(priceDigits),
      maxPrice: '1999999.80',
      tickSize: tickSize.toFixed(priceDigits),
    },
    lotSizeFilter: {
      maxOrderQty: '1190.000',
      minOrderQty: qtyStep.toFixed(qtyDigits),
      qtyStep: qtyStep.toFixed(qtyDigits),
      maxMktOrderQty: '500.000',
      minNotionalValue: '5',
    },
    unifiedMarginTrade: true,
    fundingInterval: instrument.fundingIntervalMs / MINUTE_MS,
    copyTrading: 'both',
    isPreListing: false,
    preListingInfo: null,
  };
};

export const tierRows = ({ instrument }: BybitListing) =>
  instrument.tiers.map((tier, index) => ({
    id: index + 1,
    symbol: instrument.symbol,
    riskLimitValue: String(tier.notionalCap),
    maintenanceMargin: String(tier.maintenanceMarginRate),
    initialMargin: String(1 / tier.maxLeverage),
    isLowestRisk: index === 0 ? 1 : 0,
    maxLeverage: tier.maxLeverage.toFixed(2),
    mmDeduction: index === 0 ? '' : String(tier.maintenanceAmount),
  }));
