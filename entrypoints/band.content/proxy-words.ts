import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { Resolution } from '@/lib/messaging/protocol';

/** Words for a contract that stands in for the chart's own symbol: two for the head, a sentence for the read-out. */
export function proxyWords(
  symbol: ChartSymbol,
  resolution: Resolution & { readonly ok: true },
): { readonly short: string; readonly long: string } | null {
  const { contract, proxyFor } = resolution;
  if (proxyFor === null) return null;
  const venue = `${contract.venueId[0].toUpperCase()}${contract.venueId.slice(1)}`;
  return {
    short: symbol.exchange === contract.venueId ? 'via perpetual' : `via ${venue}`,
    long: `${venue} ${contract.symbol} for ${proxyFor}`,
  };
}

/** Decimal digits of a tick size: 0.1 has one, 0.00001 five, 5 none. */
export function digitsOfTick(tickSize: number): number {
  for (let digits = 0; digits < 12; digits++) {
    const scaled = tickSize * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return 12;
}
