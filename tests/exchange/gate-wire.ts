import type { Liquidation } from '@/lib/market/liquidation';

import { fundingAt } from './binance-wire';
import type { GateListing } from './gate-listings';
import { stepDigits } from './instruments';
import type { Candle, PriceRange } from './market-source';

export const seconds = (timeMs: number): number => Math.floor(timeMs / 1000);

/** A quantity of base units as a count of contracts. */
export const toSize = (qty: number, { contractSize }: GateListing): number => Math.round(qty / contractSize);

export const formatPrice = (price: number, { instrument }: GateListing): string =>
  price.toFixed(stepDigits(instrument.tickSize));

/** Mark prices have more digits than the contract's tick. */
export const formatMark = (price: number, { instrument }: GateListing): string =>
  price.toFixed(stepDigits(instrument.tickSize) + 1);

export const candleRow = (candle: Candle, listing: GateListing): object => ({
  o: formatPrice(candle.open, listing),
  v: toSize(candle.volume, listing),
  t: seconds(candle.openTimeMs),
  c: formatPrice(candle.close, listing),
  l: formatPrice(candle.low, listing),
  h: formatPrice(candle.high, listing),
  sum: candle.quoteVolume.toFixed(4),
});

export const markCandleRow = (range: PriceRange, listing: GateListing): object => ({
  o: formatMark(range.open, listing),
  v: 0,
  t: seconds(range.openTimeMs),
  c: formatMark(range.close, listing),
  l: formatMark(range.low, listing),
  h: formatMark(range.high, listing),
  sum: '0',
});

export const contractRow = (listing: GateListing, nowMs: number): object => {
  const { instrument, contractSize } = listing;
  const source = listing.source();
  const funding = fundingAt(instrument, nowMs);
  return {
    name: instrument.symbol,
    type: 'direct',
    contract_type: listing.contractType,
    quanto_multiplier: contractSize.toFixed(stepDigits(contractSize)),
    leverage_min: '1',
    leverage_max: String(instrument.tiers[0]?.maxLeverage ?? 1),
    maintenance_rate: String(instrument.tiers[0]?.maintenanceMarginRate ?? 1),
    order_size_min: 1,
    order_size_max: 12_000_000,
    enable_decimal: false,
    order_price_round: instrument.tickSize.toFixed(stepDigits(instrument.tickSize)),
    mark_price_round: instrument.tickSize.toFixed(stepDigits(instrument.tickSize)),
    mark_price: formatMark(source.mark(nowMs), listing),
    index_price: formatMark(source.mark(nowMs), listing),
    last_price: formatPrice(source.price(nowMs), listing),
    funding_rate: funding.rate.toFixed(6),
    funding_interval: instrument.fundingIntervalMs / 1000,
    funding_next_apply: seconds(funding.nextMs),
    position_size: toSize(source.openInterest(nowMs), listing),
    create_time: seconds(listing.listedTimeMs),
    in_delisting: false,
    status: 'trading',
  };
};

export const tierRows = ({ instrument }: GateListing): object[] =>
  instrument.tiers.map((tier, index) => ({
    tier: index + 1,
    risk_limit: String(tier.notionalCap),
    initial_rate: String(1 / tier.maxLeverage),
    maintenance_rate: String(tier.maintenanceMarginRate),
    leverage_max: String(tier.maxLeverage),
    contract: instrument.symbol,
    deduction: String(tier.maintenanceAmount),
  }));

/** `size` has the sign of the position, `order_size` that of the order that closes it. */
export const liquidatedOrder = (event: Liquidation, listing: GateListing): object => {
  const size = toSize(event.qty, listing) * (event.positionSide === 'long' ? 1 : -1);
  return {
    time: seconds(event.timeMs),
    contract: listing.instrument.symbol,
    size,
    order_size: -size,
    order_price: formatMark(event.bankruptcyPrice, listing),
    fill_price: formatMark(event.averagePrice, listing),
    left: 0,
  };
};

export const publicLiquidate = (event: Liquidation, listing: GateListing): object => ({
  price: formatMark(event.bankruptcyPrice, listing),
  size: toSize(event.qty, listing) * (event.positionSide === 'long' ? 1 : -1),
  time: event.timeMs,
  contract: listing.instrument.symbol,
});
