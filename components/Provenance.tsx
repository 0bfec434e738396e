import './Provenance.css';
import type { ComponentChildren } from 'preact';

import { formatDecimal, formatRatio, formatShare, formatUsd } from '@/lib/core/format';
import { formatDate } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { Score } from '@/lib/market/score';
import type { Summary } from '@/lib/market/summary';
import { VENUE_FACTS, venueName, type VenueFacts } from '@/lib/market/venue-facts';

import { Icon } from './Icon';
import { LeverageMix } from './LeverageMix';
import { observedWords } from './observed-words';
import { SourcesTable } from './SourcesTable';

interface Props {
  readonly summary: Summary;
  /** Age of the newest data; null while unknown. */
  readonly ageMs: number | null;
  readonly onForget: () => void;
}

/** What the figures rest on: what was observed, what is inferred from it, what is assumed; in a drawer. */
export function Provenance({ summary, ageMs, onForget }: Props) {
  const { riskTiers, historyDays, learning, members, observed } = summary;
  const polled = members.filter(({ openInterestSinceMs }) => openInterestSinceMs !== null);
  const splitOf = (kind: VenueFacts['takerSplit']) =>
    members
      .filter(({ venueId }) => VENUE_FACTS[venueId].takerSplit === kind)
      .map(({ venueId }) => venueName(venueId))
      .join(', ');
  const [unsplit, lately] = [splitOf('none'), splitOf('days')];
  const days = Math.max(1, Math.round(historyDays));
  return (
    <details class="section drawer">
      <summary class="section-head">
        <h2>{t('provenance.title')}</h2>
        <span class="quiet">{t('provenance.shareOf')}</span>
        <Icon name="chevron" />
      </summary>
      <SourcesTable summary={summary} ageMs={ageMs} />
      <LeverageMix summary={summary} onForget={onForget} />
      <table class="provenance">
        <tbody>
          <Row name={t('stream.history')}>{t('provenance.observedWhat', { count: days })}</Row>
          {polled.length > 0 && (
            <Row name={t('provenance.held')}>
              {t('provenance.heldWhat', { venues: polled.map(({ venueId }) => venueName(venueId)).join(', ') })}
            </Row>
          )}
          {unsplit + lately !== '' && (
            <Row name={t('provenance.takers')}>
              {unsplit !== '' && <p>{t('provenance.takersWhat', { venues: unsplit })}</p>}
              {lately !== '' && <p>{t('provenance.takersLately', { venues: lately })}</p>}
            </Row>
          )}
          {observed.map((layer) => (
            <Row key={layer.contractId} name={t('provenance.known')}>
              {venueName(venueIdOf(layer.contractId))}: {observedWords(layer)}
            </Row>
          ))}
          <Row name={t('provenance.score')}>
            {learning.month === null ? t('provenance.noScore') : scoreWords(learning.month)}
          </Row>
          {members.length > 1 && <Row name={t('provenance.addedUp')}>{t('provenance.addedUpWhat')}</Row>}
          <Row name={t('provenance.tiers')}>
            {t(riskTiers.source === 'venue' ? 'provenance.tiersOfVenue' : 'provenance.tiersBundled', {
              venue: venueName(summary.venueId),
              date: formatDate(riskTiers.asOfMs),
            })}
          </Row>
        </tbody>
      </table>
    </details>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

/** How true the map was, each figure with what a model that knows nothing of levels reaches. */
function scoreWords(score: Score): string {
  const ratio = (value: number | null) => formatRatio(value ?? NaN);
  return t('provenance.scoreWhat', {
    days: formatDecimal(score.days, 1),
    count: score.eventCount,
    rank: ratio(score.rankCorrelation),
    moveRank: ratio(score.moveRankCorrelation),
    bits: ratio(score.bitsPerEvent),
    oldBits: ratio(score.dayOldBitsPerEvent),
    tenth: formatShare(score.topTenthShare ?? NaN),
    expected: formatUsd(score.expectedUsd),
    seen: formatUsd(score.observedUsd),
  });
}
