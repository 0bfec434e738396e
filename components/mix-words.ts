import { formatDate } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

/** Where the leverage mix comes from, with the count of liquidations behind it. */
export function mixWords({ learning, venueId }: Summary): string {
  const { source, eventCount, enoughEvents, learnedThroughMs } = learning;
  if (source === 'prior') {
    const key = eventCount >= enoughEvents ? 'provenance.priorSoon' : 'provenance.prior';
    return t(key, { count: eventCount, enough: enoughEvents });
  }
  const words = t(`provenance.mix.${source}`, { count: eventCount, date: formatDate(learnedThroughMs ?? 0) });
  return VENUE_FACTS[venueId].liquidationFeed === 'sampled' ? `${words}, ${t('provenance.corrected')}` : words;
}
