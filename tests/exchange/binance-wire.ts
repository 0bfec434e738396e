import type { Liquidation } from '@/lib/market/liquidation';
import { mixSeeds, createRandom, seedFromText } from '@/tests/market/synthetic-random';

import { type Instrument, stepDigits } from './instruments';
import type { Candle, MarketSource, PriceRange } from './market-source';

/** Trades are aggregated on a grid of this length; the grid's number is the trade's id. */
export const TRADE_SLOT_MS = 200;

export const formatPrice = (price: number, { tickSize }: Instrument): string => price.toFixed(stepDigits(tickSize));
/** COIN-M counts contracts. */
export const formatQty = (qty: number, { qtyStep, contractSize }: Instrument): string =>
  contractSize === undefined ? qty.toFixed(stepDigits(qtyStep)) : (qty / contractSize).toFixed(0);
/** Worth of a candle's trades in quote, at COIN-M in coin. */
const otherVolume = (qty: number, quote: number, { close }: Candle, { contractSize }: Instrument): string =>
  contractSize === undefined ? quote.toFixed(5) : (qty / close).toFixed(8);
/** `BTCUSD` of `BTCUSD_PERP`. */
export const pairOf = ({ symbol }: Instrument): string => symbol.replace(/_PERP$/, '');
/** `st`: 1 is USD-M, 2 COIN-M. */
export const subtypeOf = ({ contractSize }: Instrument): number => (contractSize === undefined ? 1 : 2);
/** Mark and index prices have more digits than the contract's tick. */
export const formatMark = (price: number): string => price.toFixed(8);

/** Trades in a stretch of time: their ids are consecutive. */
const tradeIds = (fromMs: number, toMs: number): { first: number; last: number; count: number } => {
  const first = Math.floor(fromMs / TRADE_SLOT_MS);
  const last = Math.max(first, Math.ceil(toMs / TRADE_SLOT_MS) - 1);
  return { first, last, count: last - first + 1 };
};

export const klineRow = (candle: Candle, closeTimeMs: number, untilMs: number, instrument: Instrument): unknown[] => [
  candle.openTimeMs,
  formatPrice(candle.open, instrument),
  formatPrice(candle.high, instrument),
  formatPrice(candle.low, instrument),
  formatPrice(candle.close, instrument),
  formatQty(candle.volume, instrument),
  closeTimeMs,
  otherVolume(candle.volume, candle.quoteVolume, candle, instrument),
  tradeIds(candle.openTimeMs, Math.min(untilMs, closeTimeMs + 1)).count,
  formatQty(candle.takerBuyVolume, instrument),
  otherVolume(candle.takerBuyVolume, candle.takerBuyQuoteVolume, candle, instrument),
  '0',
];

export const markKlineRow = (range: PriceRange, closeTimeMs: number): unknown[] => [
  range.openTimeMs,
  formatMark(range.open),
  formatMark(range.high),
  formatMark(range.low),
  formatMark(range.close),
  '0',
  closeTimeMs,
  '0',
  Math.round((closeTimeMs + 1 - range.openTimeMs) / 1000),
  '0',
  '0',
  '0',
];

export const klineFrame = (
  candle: Candle,
  interval: string,
  closeTimeMs: number,
  eventMs: number,
  instrument: Instrument,
): object => {
  const ids = tradeIds(candle.openTimeMs, Math.min(eventMs, closeTimeMs + 1));
  return {
    e: 'kline',
    E: eventMs,
    s: instrument.symbol,
    k: {
      t: candle.openTimeMs,
      T: closeTimeMs,
      s: instrument.symbol,
      i: interval,
      f: ids.first,
      L: ids.last,
      o: formatPrice(candle.open, instrument),
      c: formatPrice(candle.close, instrument),
      h: formatPrice(candle.high, instrument),
      l: formatPrice(candle.low, instrument),
      v: formatQty(candle.volume, instrument),
      n: ids.count,
      x: eventMs > closeTimeMs,
      q: otherVolume(candle.volume, candle.quoteVolume, candle, instrument),
      V: formatQty(candle.takerBuyVolume, instrument),
      Q: otherVolume(candle.takerBuyVolume, candle.takerBuyQuoteVolume, candle, instrument),
      B: '0',
    },
  };
};

/** What was traded in whole slots from `firstSlot` to `lastSlot`, as one aggregate; null when nothing was. */
export const aggregateTrades = (
  source: MarketSource,
  firstSlot: number,
  lastSlot: number,
): { readonly price: number; readonly qty: number; readonly timeMs: number; readonly isBuyerMaker: boolean } | null => {
  let qty = 0;
  let takerBuyQty = 0;
  let fromMs = firstSlot * TRADE_SLOT_MS;
  const toMs = (lastSlot + 1) * TRADE_SLOT_MS;
  while (fromMs < toMs) {
    const bar = source.bar(fromMs);
    const barEndMs = bar.openTimeMs + 300_000;
    const start = source.tradedInBar(fromMs);
    const end = toMs < barEndMs ? source.tradedInBar(toMs) : bar;
    qty += end.volume - start.volume;
    takerBuyQty += end.takerBuyVolume - start.takerBuyVolume;
    fromMs = barEndMs;
  }
  if (!(qty > source.instrument.qtyStep / 2)) return null;
  return { price: source.price(toMs - 1), qty, timeMs: toMs - 1, isBuyerMaker: takerBuyQty * 2 < qty };
};

export const aggTradeFrame = (
  source: MarketSource,
  firstSlot: number,
  lastSlot: number,
  eventMs: number,
): object | null => {
  const trade = aggregateTrades(source, firstSlot, lastSlot);
  if (trade === null) return null;
  const { instrument } = source;
  return {
    e: 'aggTrade',
    E: eventMs,
    a: lastSlot,
    s: instrument.symbol,
    p: formatPrice(trade.price, instrument),
    q: formatQty(trade.qty, instrument),
    nq: formatQty(trade.qty, instrument),
    f: firstSlot,
    l: lastSlot,
    T: trade.timeMs,
    m: trade.isBuyerMaker,
    st: subtypeOf(instrument),
  };
};

export const indexPrice = (source: MarketSource, timeMs: number): number => source.mark(timeMs) * 1.0002;

/** The rate of the interval that runs; the same for everyone who asks in it. */
export const fundingAt = (
  instrument: Instrument,
  timeMs: number,
): { readonly rate: number; readonly nextMs: number } => {
  const interval = Math.floor(timeMs / instrument.fundingIntervalMs);
  const random = createRandom(mixSeeds(seedFromText(instrument.symbol), interval));
  return {
    rate: Math.min(0.003, Math.max(-0.003, 0.0001 + 0.00008 * random.normal())),
    nextMs: (interval + 1) * instrument.fundingIntervalMs,
  };
};

export const markPriceFrame = (source: MarketSource, timeMs: number): object => {
  const funding = fundingAt(source.instrument, timeMs);
  return {
    e: 'markPriceUpdate',
    E: timeMs,
    s: source.instrument.symbol,
    p: formatMark(source.mark(timeMs)),
    ap: formatMark(source.mark(timeMs)),
    P: formatMark(indexPrice(source, timeMs)),
    i: formatMark(indexPrice(source, timeMs)),
    r: funding.rate.toFixed(8),
    T: funding.nextMs,
    st: subtypeOf(source.instrument),
  };
};

/** A liquidated long is a sell order at its bankruptcy price. */
export const forceOrderFrame = (liquidation: Liquidation, eventMs: number, instrument: Instrument): object => {
  const qty = formatQty(liquidation.qty, instrument);
  return {
    e: 'forceOrder',
    E: eventMs,
    o: {
      s: instrument.symbol,
      S: liquidation.positionSide === 'long' ? 'SELL' : 'BUY',
      o: 'LIMIT',
      f: 'IOC',
      q: qty,
      p: liquidation.bankruptcyPrice.toFixed(stepDigits(instrument.tickSize) + 2),
      ap: liquidation.averagePrice.toFixed(stepDigits(instrument.tickSize) + 2),
      X: 'FILLED',
      l: qty,
      z: qty,
      T: liquidation.timeMs,
    },
  };
};

export const contractInfoFrame = (instrument: Instrument, listedTimeMs: number, eventMs: number): object => ({
  e: 'contractInfo',
  E: eventMs,
  s: instrument.symbol,
  ps: pairOf(instrument),
  st: subtypeOf(instrument),
  ct: instrument.contractType,
  dt: PERPETUAL_DELIVERY_MS,
  ot: listedTimeMs,
  cs: 'TRADING',
  bks: instrument.tiers.map((tier, index) => ({
    bs: index + 1,
    bnf: tier.notionalFloor,
    bnc: tier.notionalCap,
    mmr: tier.maintenanceMarginRate,
    cf: tier.maintenanceAmount,
    mi: minLeverage(instrument, index),
    ma: tier.maxLeverage,
  })),
});

/** A bracket begins above the next one's largest leverage. */
export const minLeverage = (instrument: Instrument, index: number): number =>
  (instrument.tiers[index + 1]?.maxLeverage ?? 0) + 1;

/** The delivery date that the venue gives perpetual contracts: in the year 2100. */
export const PERPETUAL_DELIVERY_MS = 4_133_404_800_000;
