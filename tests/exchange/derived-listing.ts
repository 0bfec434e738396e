import { BAR_MS } from '@/lib/market/bar';
import { type MarketBar, stepsPerUnit } from '@/tests/market/synthetic-bar';

import type { BarSupply } from './bar-supply';
import type { Instrument } from './instruments';
import { createMarketSource, type MarketSource } from './market-source';
import type { Listing } from './source-book';

/** How a venue's contract differs from the market that it moves with. */
export interface Derivation {
  /** The contract's price over the market's, e.g. 1.0003 for a venue that trades three basis points above. */
  readonly priceFactor: number;
  /**
   * Quantities in the contract's unit over the market's base units: a tenth of the trading is 0.1; an inverse contract that
   * counts in USD has some price in it as well.
   */
  readonly qtyFactor: number;
}

/** A contract of another venue on the same market: its own prices and sizes, which move together with the market's. */
export const deriveListing = (market: Listing, instrument: Instrument, derivation: Derivation): Listing => {
  let source: MarketSource | null = null;
  return {
    instrument,
    listedTimeMs: market.listedTimeMs,
    recording: market.recording,
    source: () => (source ??= createMarketSource(instrument, deriveSupply(market.source(), instrument, derivation))),
    // What is known are the positions of the market, not how a venue shares in them.
    truth: () => null,
  };
};

const deriveSupply = (
  source: MarketSource,
  { tickSize, qtyStep }: Instrument,
  { priceFactor, qtyFactor }: Derivation,
): BarSupply => {
  const perPrice = stepsPerUnit(tickSize);
  const perQty = stepsPerUnit(qtyStep);
  const toPrice = (price: number): number => Math.max(1, Math.round(price * priceFactor * perPrice)) / perPrice;
  const toQty = (qty: number): number => Math.round(qty * qtyFactor * perQty) / perQty;
  const derive = (bar: MarketBar): MarketBar => ({
    openTimeMs: bar.openTimeMs,
    open: toPrice(bar.open),
    high: toPrice(bar.high),
    low: toPrice(bar.low),
    close: toPrice(bar.close),
    volume: toQty(bar.volume),
    takerBuyVolume: toQty(bar.takerBuyVolume),
    openInterest: toQty(bar.openInterest),
    path: {
      prices: bar.path.prices.map(toPrice),
      marks: bar.path.marks.map((mark) => mark * priceFactor),
      volumes: bar.path.volumes.map(toQty),
      takerBuyVolumes: bar.path.takerBuyVolumes.map(toQty),
    },
    liquidations: bar.liquidations.flatMap((event) => {
      const qty = toQty(event.qty);
      if (qty === 0) return [];
      const bankruptcyPrice = event.bankruptcyPrice * priceFactor;
      return { ...event, qty, bankruptcyPrice, averagePrice: event.averagePrice * priceFactor };
    }),
  });
  let newest: MarketBar | null = null;
  return {
    firstOpenTimeMs: source.firstOpenTimeMs,
    initialOpenInterest: toQty(source.openInterest(source.firstOpenTimeMs)),
    bar(index) {
      const openTimeMs = source.firstOpenTimeMs + index * BAR_MS;
      if (newest?.openTimeMs !== openTimeMs) newest = derive(source.bar(openTimeMs));
      return newest;
    },
  };
};
