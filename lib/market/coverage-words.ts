import { formatShare } from '@/lib/core/format';

import type { Coverage } from './member';

/** How much of a market is counted, in a few words and in full; null where it has but one venue. */
export function coverageWords(coverage: Coverage): { readonly short: string; readonly long: string } | null {
  const { countedVenues, venues, openInterestShare } = coverage;
  if (venues < 2) return null;
  const isWhole = countedVenues === venues;
  const counted = isWhole ? `${venues}` : `${countedVenues} of ${venues}`;
  if (isWhole || openInterestShare === null) return { short: `${counted} venues`, long: `${counted} venues` };
  // Rounded down: what lacks something is never all.
  const share = formatShare(Math.floor(openInterestShare * 100) / 100);
  return { short: `${counted}, ${share}`, long: `${counted} venues, ${share} of open interest` };
}
