import { causeWords } from '@/components/cause-words';
import { cause, type CauseCode, readCause } from '@/lib/core/cause';
import { t } from '@/lib/i18n/words';
import type { MarketReport } from '@/lib/market/report';
import { venueName } from '@/lib/market/venue-facts';

/** Which venues the report does without and why: those that fail alike in one sentence. */
export function missingWords(venues: MarketReport['venues']): string[] {
  const failing = venues.flatMap(({ venueId, problem }) =>
    problem === null ? [] : [{ name: venueName(venueId), problem }],
  );
  const alike = new Set(failing.map(({ problem }) => ofVenue(problem, '')));
  return [...alike].map((shared) => {
    const group = failing.filter(({ problem }) => ofVenue(problem, '') === shared);
    const names = group.map(({ name }) => name).join(', ');
    const [{ problem }] = group;
    return 'venue' in readCause(problem).params
      ? causeWords(ofVenue(problem, names))
      : `${t('report.without', { venues: names })} ${causeWords(problem)}`;
  });
}

/** The same cause of another venue, or of several. */
function ofVenue(problem: string, venue: string): string {
  const { code, params } = readCause(problem);
  return 'venue' in params ? cause(code as CauseCode, { ...params, venue }) : problem;
}
