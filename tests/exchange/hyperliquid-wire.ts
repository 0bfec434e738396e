import { DAY_MS, floorToStep } from '@/lib/core/time';

import { aggregateTrades, fundingAt } from './binance-wire';
import type { HeldPosition } from './hyperliquid-accounts';
import type { HyperliquidListing } from './hyperliquid-listings';
import { stepDigits } from './instruments';

export const formatPrice = (price: number, { instrument }: HyperliquidListing): string =>
  price.toFixed(stepDigits(instrument.tickSize));

/** Marks are finer than the ticks of trades. */
const formatMark = (price: number, { instrument }: HyperliquidListing): string =>
  price.toFixed(stepDigits(instrument.tickSize) + 3);

export const formatSize = (qty: number, { sizeDecimals }: HyperliquidListing): string => qty.toFixed(sizeDecimals);

/** What holds for an asset at a moment. */
export const contextOf = (listing: HyperliquidListing, nowMs: number): object => {
  const source = listing.source();
  const endMs = floorToStep(nowMs, 60_000) + 60_000;
  const day = source.candle(Math.max(listing.listedTimeMs, endMs - 60_000 - DAY_MS), endMs, nowMs);
  return {
    funding: (fundingAt(listing.instrument, nowMs).rate / 8).toFixed(10),
    openInterest: formatSize(source.openInterest(nowMs), listing),
    prevDayPx: formatPrice(day.open, listing),
    dayNtlVlm: day.quoteVolume.toFixed(4),
    premium: '-0.0005927453',
    oraclePx: formatMark(source.mark(nowMs), listing),
    markPx: formatMark(source.mark(nowMs), listing),
    midPx: formatPrice(source.price(nowMs), listing),
    impactPxs: [formatPrice(source.price(nowMs), listing), formatPrice(source.price(nowMs), listing)],
    dayBaseVlm: formatSize(day.volume, listing),
  };
};

export const candleOf = (
  listing: HyperliquidListing,
  interval: string,
  openMs: number,
  intervalMs: number,
  nowMs: number,
): object => {
  const candle = listing.source().candle(openMs, openMs + intervalMs, nowMs);
  return {
    t: openMs,
    T: openMs + intervalMs - 1,
    s: listing.instrument.symbol,
    i: interval,
    o: formatPrice(candle.open, listing),
    c: formatPrice(candle.close, listing),
    h: formatPrice(candle.high, listing),
    l: formatPrice(candle.low, listing),
    v: formatSize(candle.volume, listing),
    n: Math.ceil(candle.volume / listing.instrument.qtyStep / 100),
  };
};

/** What was traded in whole slots; null when nothing was. */
export const tradeOf = (listing: HyperliquidListing, firstSlot: number, lastSlot: number): object | null => {
  const trade = aggregateTrades(listing.source(), firstSlot, lastSlot);
  if (trade === null) return null;
  return {
    coin: listing.instrument.symbol,
    side: trade.isBuyerMaker ? 'A' : 'B',
    px: formatPrice(trade.price, listing),
    sz: formatSize(trade.qty, listing),
    time: trade.timeMs,
    hash: `0x${lastSlot.toString(16).padStart(64, '0')}`,
    tid: lastSlot,
    users: listing.accounts.tradersOf(lastSlot),
  };
};

/** A position as `clearinghouseState` tells it. */
export const positionOf = (listing: HyperliquidListing, held: HeldPosition, nowMs: number): object => {
  const sign = held.positionSide === 'long' ? 1 : -1;
  const mark = listing.source().mark(nowMs);
  const value = held.qty * mark;
  const profit = sign * held.qty * (mark - held.entryPrice);
  const rawUsd = { rawUsd: (held.margin - sign * held.qty * held.entryPrice).toFixed(6) };
  return {
    type: 'oneWay',
    position: {
      coin: listing.instrument.symbol,
      szi: formatSize(sign * held.qty, listing),
      leverage: {
        type: held.isCross ? 'cross' : 'isolated',
        value: held.leverage,
        ...(held.isCross ? {} : rawUsd),
      },
      entryPx: formatMark(held.entryPrice, listing),
      positionValue: value.toFixed(5),
      unrealizedPnl: profit.toFixed(6),
      returnOnEquity: (profit / held.margin).toFixed(10),
      liquidationPx: held.liquidationPrice === null ? null : held.liquidationPrice.toFixed(10),
      marginUsed: (held.isCross ? value / held.leverage : held.margin + profit).toFixed(6),
      maxLeverage: listing.instrument.tiers[0]?.maxLeverage,
      cumFunding: { allTime: '0.0', sinceOpen: '0.0', sinceChange: '0.0' },
    },
  };
};
