import { HOUR_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';

import { aggregateTrades, formatPrice, formatQty, fundingAt } from './binance-wire';
import type { BitgetListing } from './bitget-listings';
import { stepDigits } from './instruments';
import type { Candle, PriceRange } from './market-source';

/** Marks and bankruptcy prices are finer than the tick. */
const formatFine = (price: number, { instrument }: BitgetListing): string =>
  price.toFixed(stepDigits(instrument.tickSize) + 3);

export const candleRow = (candle: Candle, { instrument }: BitgetListing): string[] => [
  String(candle.openTimeMs),
  ...[candle.open, candle.high, candle.low, candle.close].map((price) => formatPrice(price, instrument)),
  formatQty(candle.volume, instrument),
  candle.quoteVolume.toFixed(6),
];

export const markRow = (range: PriceRange, listing: BitgetListing): string[] => [
  String(range.openTimeMs),
  ...[range.open, range.high, range.low, range.close].map((price) => formatFine(price, listing)),
  '0',
  '0',
];

export const contractRow = (listing: BitgetListing): object => {
  const { instrument, listedTimeMs, isRwa } = listing;
  return {
    symbol: instrument.symbol,
    baseCoin: instrument.baseAsset,
    quoteCoin: 'USDT',
    supportMarginCoins: ['USDT'],
    minTradeNum: formatQty(instrument.qtyStep, instrument),
    priceEndStep: '1',
    volumePlace: String(stepDigits(instrument.qtyStep)),
    pricePlace: String(stepDigits(instrument.tickSize)),
    sizeMultiplier: formatQty(instrument.qtyStep, instrument),
    symbolType: 'perpetual',
    symbolStatus: 'normal',
    offTime: '-1',
    limitOpenTime: '-1',
    deliveryTime: '',
    launchTime: String(listedTimeMs),
    fundInterval: String(instrument.fundingIntervalMs / HOUR_MS),
    minLever: '1',
    maxLever: String(instrument.tiers[0]?.maxLeverage ?? 1),
    isRwa: isRwa ? 'YES' : 'NO',
  };
};

export const fundingRow = ({ instrument }: BitgetListing, nowMs: number): object => {
  const { rate, nextMs } = fundingAt(instrument, nowMs);
  return {
    symbol: instrument.symbol,
    fundingRate: rate.toFixed(8),
    fundingRateInterval: String(instrument.fundingIntervalMs / HOUR_MS),
    nextUpdate: String(nextMs),
    minFundingRate: '-0.003',
    maxFundingRate: '0.003',
  };
};

/** The day's candle beside the price, mark and open interest of now. */
export const tickerRow = (listing: BitgetListing, day: Candle, nowMs: number): object => {
  const { instrument } = listing;
  const source = listing.source();
  return {
    symbol: instrument.symbol,
    lastPr: formatPrice(source.price(nowMs), instrument),
    ts: String(nowMs),
    change24h: (day.close / day.open - 1).toFixed(5),
    baseVolume: formatQty(day.volume, instrument),
    quoteVolume: day.quoteVolume.toFixed(4),
    usdtVolume: day.quoteVolume.toFixed(4),
    indexPrice: formatFine(source.mark(nowMs), listing),
    fundingRate: fundingAt(instrument, nowMs).rate.toFixed(8),
    holdingAmount: formatQty(source.openInterest(nowMs), instrument),
    deliveryStartTime: null,
    deliveryTime: null,
    deliveryStatus: '',
    markPrice: formatFine(source.mark(nowMs), listing),
  };
};

/** The stream's ticker has other names for the same. */
export const tickerFrameRow = (listing: BitgetListing, timeMs: number): object => {
  const { rate, nextMs } = fundingAt(listing.instrument, timeMs);
  const source = listing.source();
  return {
    lastPrice: formatPrice(source.price(timeMs), listing.instrument),
    markPrice: formatFine(source.mark(timeMs), listing),
    indexPrice: formatFine(source.mark(timeMs), listing),
    fundingRate: rate.toFixed(8),
    openInterest: formatQty(source.openInterest(timeMs), listing.instrument),
    deliveryTime: '',
    nextFundingTime: String(nextMs),
  };
};

/** What was traded in whole slots; null when nothing was. */
export const tradeRow = (listing: BitgetListing, firstSlot: number, lastSlot: number): object | null => {
  const trade = aggregateTrades(listing.source(), firstSlot, lastSlot);
  if (trade === null) return null;
  return {
    i: String(lastSlot),
    p: formatPrice(trade.price, listing.instrument),
    v: formatQty(trade.qty, listing.instrument),
    S: trade.isBuyerMaker ? 'sell' : 'buy',
    T: String(trade.timeMs),
    L: String(lastSlot),
    isRPI: 'no',
  };
};

export const klineRow = (candle: Candle, { instrument }: BitgetListing): object => ({
  start: String(candle.openTimeMs),
  open: formatPrice(candle.open, instrument),
  close: formatPrice(candle.close, instrument),
  high: formatPrice(candle.high, instrument),
  low: formatPrice(candle.low, instrument),
  volume: formatQty(candle.volume, instrument),
  turnover: candle.quoteVolume.toFixed(6),
});

/** `side` is the position's and `amount` its worth in USDT. */
export const liquidationRow = (event: Liquidation, listing: BitgetListing): object => {
  const price = formatFine(event.bankruptcyPrice, listing);
  return {
    symbol: listing.instrument.symbol,
    side: event.positionSide === 'long' ? 'buy' : 'sell',
    price,
    amount: (event.qty * Number(price)).toFixed(12),
    ts: String(event.timeMs),
  };
};
