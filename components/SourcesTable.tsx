import { formatAge, formatShare, formatShares, formatSpan } from '@/lib/core/format';
import { formatDate } from '@/lib/core/format-time';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import { BAR_MS } from '@/lib/market/bar';
import { coverageOf } from '@/lib/market/member';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';
import { coverageWords } from '@/lib/render/coverage-words';

import { sourceShares } from './source-shares';
import { partLook, StackedBar } from './StackedBar';

interface Props {
  readonly summary: Summary;
  /** Age of the newest data; null while unknown. */
  readonly ageMs: number | null;
}

/** How the open interest behind the figures is known, part by part; what was made up for, and how much of the market counts. */
export function SourcesTable({ summary, ageMs }: Props) {
  const { minutesSinceMs, learning, members, observed, asOfMs } = summary;
  const shares = Object.values(sourceShares(summary));
  const texts = formatShares(shares);
  const rows = [
    {
      name: t('provenance.observed'),
      what: t('provenance.observedAccounts'),
      age: observed.length > 0 ? formatAge(Math.min(...observed.map(({ medianAgeMs }) => medianAgeMs))) : '',
    },
    {
      name: t('provenance.inferred'),
      what:
        minutesSinceMs === null
          ? t('provenance.inferredWhat')
          : t('provenance.inferredSince', { date: formatDate(minutesSinceMs) }),
      age: formatAge(asOfMs % BAR_MS),
    },
    {
      name: t('provenance.assumed'),
      what: t('provenance.assumedWhat'),
      age: learning.learnedThroughMs === null ? t('known.prior') : formatDate(learning.learnedThroughMs),
    },
    { name: t('provenance.notLocated'), what: t('provenance.notLocatedWhat'), age: '' },
  ];
  const day = summary.liquidated.at(-1);
  const made = day === undefined || !(day.correctedUsd > 0) ? 0 : 1 - (day.longUsd + day.shortUsd) / day.correctedUsd;
  const coverage = coverageOf(members);
  const counted = members.filter(({ state }) => state === 'live').map(({ venueId }) => venueName(venueId));
  return (
    <>
      <StackedBar shares={shares} />
      <table class="sources">
        <tbody>
          {rows.map(({ name, what, age }, i) => (
            <Row key={name} look={partLook(i, rows.length)} name={name} share={texts[i]} what={what} age={age} />
          ))}
          <Row
            name={t('provenance.correctedName')}
            share={formatShare(Math.max(0, made))}
            what={t('provenance.correctedWhat')}
            age={formatSpan(DAY_MS)}
          />
          <Row
            name={t('provenance.coverage')}
            share={formatShare(coverage.openInterestShare ?? NaN)}
            what={[coverageWords(coverage)?.long, counted.join(', ')].filter(Boolean).join(': ')}
            age={ageMs === null ? '' : formatAge(ageMs)}
          />
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  /** Of its part of the bar. */
  readonly look?: ReturnType<typeof partLook>;
  readonly name: string;
  readonly share: string;
  readonly what: string;
  readonly age: string;
}

const Row = ({ look, name, share, what, age }: RowProps) => (
  <tr>
    <th scope="row">
      <i class="stack-mark" style={look} aria-hidden="true" />
      {name}
    </th>
    <td>
      <strong>{share}</strong>
    </td>
    <td>{what}</td>
    <td class="quiet">{age}</td>
  </tr>
);
