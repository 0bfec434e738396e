import type { Liquidation } from '@/lib/market/liquidation';

import { aggregateTrades, fundingAt, TRADE_SLOT_MS } from './binance-wire';
import { stepDigits } from './instruments';
import type { Candle, PriceRange } from './market-source';
import type { OkxListing } from './okx-listings';

/** A quantity of the contract's unit as a count of contracts. */
export const toContracts = (qty: number, { contractValue, lot }: OkxListing): string =>
  (qty / contractValue).toFixed(stepDigits(lot));

export const formatPrice = (price: number, { instrument }: OkxListing): string =>
  price.toFixed(stepDigits(instrument.tickSize));
/** Bankruptcy prices and marks are finer than the tick. */
const formatFine = (price: number, { instrument }: OkxListing): string =>
  price.toFixed(stepDigits(instrument.tickSize) + 2);

/** A quantity in base units whatever the contract counts in. */
const toBase = (qty: number, price: number, { type }: OkxListing): number => (type === 'inverse' ? qty / price : qty);

export const candleRow = (candle: Candle, endMs: number, nowMs: number, listing: OkxListing): string[] => {
  const base = toBase(candle.volume, candle.close, listing);
  return [
    String(candle.openTimeMs),
    formatPrice(candle.open, listing),
    formatPrice(candle.high, listing),
    formatPrice(candle.low, listing),
    formatPrice(candle.close, listing),
    toContracts(candle.volume, listing),
    base.toFixed(8),
    (base * candle.close).toFixed(4),
    endMs <= nowMs ? '1' : '0',
  ];
};

export const markRow = (range: PriceRange, endMs: number, nowMs: number, listing: OkxListing): string[] => [
  String(range.openTimeMs),
  formatFine(range.open, listing),
  formatFine(range.high, listing),
  formatFine(range.low, listing),
  formatFine(range.close, listing),
  endMs <= nowMs ? '1' : '0',
];

export const instrumentRow = (listing: OkxListing): object => ({
  alias: '',
  baseCcy: '',
  category: '1',
  ctMult: '1',
  ctType: listing.type,
  ctVal: String(listing.contractValue),
  ctValCcy: listing.contractValueAsset,
  expTime: '',
  instCategory: listing.category,
  instFamily: listing.family,
  instId: listing.instrument.symbol,
  instType: 'SWAP',
  lever: String(listing.instrument.tiers[0]?.maxLeverage ?? 1),
  listTime: String(listing.listedTimeMs),
  lotSz: String(listing.lot),
  minSz: String(listing.lot),
  quoteCcy: '',
  ruleType: 'normal',
  settleCcy: listing.type === 'inverse' ? listing.contractValueAsset : 'USDT',
  state: 'live',
  tickSz: listing.instrument.tickSize.toFixed(stepDigits(listing.instrument.tickSize)),
  uly: listing.family,
});

export const openInterestRow = (listing: OkxListing, nowMs: number): object => {
  const source = listing.source();
  const qty = source.openInterest(nowMs);
  const price = source.mark(nowMs);
  const base = toBase(qty, price, listing);
  return {
    instId: listing.instrument.symbol,
    instType: 'SWAP',
    oi: toContracts(qty, listing),
    oiCcy: base.toFixed(8),
    oiUsd: (base * price).toFixed(2),
    ts: String(nowMs),
  };
};

export const markPriceRow = (listing: OkxListing, timeMs: number): object => ({
  instId: listing.instrument.symbol,
  instType: 'SWAP',
  markPx: formatFine(listing.source().mark(timeMs), listing),
  ts: String(timeMs),
});

export const fundingRow = (listing: OkxListing, nowMs: number): object => {
  const { rate, nextMs } = fundingAt(listing.instrument, nowMs);
  return {
    formulaType: 'withRate',
    fundingRate: rate.toFixed(10),
    fundingTime: String(nextMs),
    instId: listing.instrument.symbol,
    instType: 'SWAP',
    method: 'current_period',
    nextFundingRate: '',
    nextFundingTime: String(nextMs + listing.instrument.fundingIntervalMs),
    settState: 'settled',
    ts: String(nowMs),
  };
};

/** What was traded in whole slots; null when nothing was. */
export const tradeRow = (listing: OkxListing, firstSlot: number, lastSlot: number): object | null => {
  const trade = aggregateTrades(listing.source(), firstSlot, lastSlot);
  if (trade === null) return null;
  return {
    instId: listing.instrument.symbol,
    tradeId: String(lastSlot),
    px: formatPrice(trade.price, listing),
    sz: toContracts(trade.qty, listing),
    side: trade.isBuyerMaker ? 'sell' : 'buy',
    ts: String(trade.timeMs),
    count: String(lastSlot - firstSlot + 1),
    source: '0',
    seqId: lastSlot,
  };
};
export const SLOT_MS = TRADE_SLOT_MS;

/** Every other account is in one-way mode: then only the order's side tells whose position it was. */
const liquidationDetail = (event: Liquidation, listing: OkxListing): object => ({
  bkLoss: '0',
  bkPx: formatFine(event.bankruptcyPrice, listing),
  ccy: '',
  posSide: event.timeMs % 2 === 0 ? 'net' : event.positionSide,
  side: event.positionSide === 'long' ? 'sell' : 'buy',
  sz: toContracts(event.qty, listing),
  ts: String(event.timeMs),
});

export const liquidationRow = (events: readonly Liquidation[], listing: OkxListing): object => ({
  details: events.map((event) => liquidationDetail(event, listing)),
  instFamily: listing.family,
  instId: listing.instrument.symbol,
  instType: 'SWAP',
  uly: listing.family,
});
