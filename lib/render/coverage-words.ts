import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Coverage } from '@/lib/market/member';

/** How much of a market is counted, in a few words and in full; null where it has but one venue. */
export function coverageWords(coverage: Coverage): { readonly short: string; readonly long: string } | null {
  const { countedVenues, venues, openInterestShare } = coverage;
  if (venues < 2) return null;
  const isWhole = countedVenues === venues;
  if (isWhole || openInterestShare === null) {
    const text = isWhole ? t('band.venues', { count: venues }) : t('band.venuesOf', { counted: countedVenues, venues });
    return { short: text, long: text };
  }
  // Rounded down: what lacks something is never all.
  const params = { counted: countedVenues, venues, share: formatShare(Math.floor(openInterestShare * 100) / 100) };
  return { short: t('band.coverageShort', params), long: t('band.coverage', params) };
}
