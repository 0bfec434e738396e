import { formatShare } from '@/lib/core/format';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { Coverage } from '@/lib/market/member';
import { isOfExchange } from '@/lib/market/proxy-choice';
import type { Resolved } from '@/lib/market/symbols';
import { venueName } from '@/lib/market/venue-facts';
import type { BandNote } from '@/lib/render/build-levels';

/** Words for a contract that stands in for the chart's own symbol: two for the head, a sentence for the read-out. */
export function proxyWords(symbol: ChartSymbol, resolution: Resolved): BandNote | null {
  const { contract, proxyFor } = resolution;
  if (proxyFor === null) return null;
  const venue = venueName(contract.venueId);
  return {
    short: isOfExchange(contract, symbol.exchange ?? '') ? 'via perpetual' : `via ${venue}`,
    long: `${venue} ${contract.symbol} for ${proxyFor}`,
  };
}

/** How much of the market is in the levels, where it has more than one venue. */
export function coverageWords(coverage: Coverage | null): BandNote | null {
  if (coverage === null || coverage.venues < 2) return null;
  const { countedVenues, venues, openInterestShare } = coverage;
  const isWhole = countedVenues === venues;
  const counted = isWhole ? `${venues}` : `${countedVenues} of ${venues}`;
  if (isWhole || openInterestShare === null) return { short: `${counted} venues`, long: `${counted} venues` };
  // Rounded down: what lacks something is never all.
  const share = formatShare(Math.floor(openInterestShare * 100) / 100);
  return { short: `${counted}, ${share}`, long: `${counted} venues, ${share} of open interest` };
}

/** Decimal digits of a tick size: 0.1 has one, 0.00001 five, 5 none. */
export function digitsOfTick(tickSize: number): number {
  for (let digits = 0; digits < 12; digits++) {
    const scaled = tickSize * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits;
  }
  return 12;
}
