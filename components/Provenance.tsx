import './Provenance.css';
import type { ComponentChildren } from 'preact';

import { formatDecimal, formatRatio, formatShare, formatUsd } from '@/lib/core/format';
import { formatDate } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { Score } from '@/lib/market/score';
import type { Summary } from '@/lib/market/summary';
import { VENUE_FACTS, venueName, type VenueFacts } from '@/lib/market/venue-facts';

import { mixWords } from './mix-words';
import { observedWords } from './observed-words';
import { Section } from './Section';

/** What the figures rest on: what was observed, what is inferred from it, what is assumed. */
export function Provenance({ summary, onForget }: { summary: Summary; onForget: () => void }) {
  const { riskTiers, unlocatedShare, historyDays, minutesSinceMs, learning, members, observed } = summary;
  const polled = members.filter(({ openInterestSinceMs }) => openInterestSinceMs !== null);
  const splitOf = (kind: VenueFacts['takerSplit']) =>
    members
      .filter(({ venueId }) => VENUE_FACTS[venueId].takerSplit === kind)
      .map(({ venueId }) => venueName(venueId))
      .join(', ');
  const [unsplit, lately] = [splitOf('none'), splitOf('days')];
  const hasLearned = learning.eventCount > 0 || learning.source === 'group';
  const days = Math.max(1, Math.round(historyDays));
  return (
    <Section title={t('provenance.title')}>
      <table class="provenance">
        <tbody>
          <Row name={t('provenance.observed')}>{t('provenance.observedWhat', { count: days })}</Row>
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
          <Row name={t('provenance.inferred')}>
            {minutesSinceMs === null
              ? t('provenance.inferredWhat')
              : t('provenance.inferredSince', { date: formatDate(minutesSinceMs) })}
          </Row>
          <Row name={t(learning.source === 'prior' ? 'provenance.assumed' : 'provenance.learned')}>
            {t('provenance.mix', { mix: mixWords(summary) })}
            {hasLearned && (
              <button type="button" class="forget" onClick={onForget}>
                {t('provenance.forget')}
              </button>
            )}
          </Row>
          <Row name={t('provenance.score')}>
            {learning.month === null ? t('provenance.noScore') : scoreWords(learning.month)}
          </Row>
          {members.length > 1 && <Row name={t('provenance.addedUp')}>{t('provenance.addedUpWhat')}</Row>}
          <Row name={t('provenance.notLocated')}>
            {t('provenance.notLocatedWhat', { share: formatShare(unlocatedShare) })}
          </Row>
          <Row name={t('provenance.tiers')}>
            {t(riskTiers.source === 'venue' ? 'provenance.tiersOfVenue' : 'provenance.tiersBundled', {
              venue: venueName(summary.venueId),
              date: formatDate(riskTiers.asOfMs),
            })}
          </Row>
        </tbody>
      </table>
    </Section>
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
