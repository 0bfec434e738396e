import './Provenance.css';
import type { ComponentChildren } from 'preact';

import { formatRatio, formatShare, formatUsd, NOTHING } from '@/lib/core/format';
import { venueIdOf } from '@/lib/market/contract';
import { observedWords } from '@/lib/market/observed-words';
import type { Score } from '@/lib/market/score';
import type { Summary } from '@/lib/market/summary';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';

import { Section } from './Section';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** What the figures rest on: what was observed, what is inferred from it, what is assumed. */
export function Provenance({ summary, onForget }: { summary: Summary; onForget: () => void }) {
  const { riskTiers, unlocatedShare, historyDays, minutesSinceMs, learning, members, observed } = summary;
  const polled = members.filter(({ openInterestSinceMs }) => openInterestSinceMs !== null);
  const hasLearned = learning.eventCount > 0 || learning.source === 'group';
  const venue = venueName(summary.venueId);
  const days = Math.max(1, Math.round(historyDays));
  return (
    <Section title="Where the figures come from">
      <table class="provenance">
        <tbody>
          <Row name="Observed">
            Price, volume, open interest and liquidations, {days} {days === 1 ? 'day' : 'days'} of 5-minute bars
          </Row>
          {polled.length > 0 && (
            <Row name="Held">
              Open interest of {polled.map(({ venueId }) => venueName(venueId)).join(', ')} is told as of now only:
              taken as unchanged before it was first polled
            </Row>
          )}
          {observed.map((layer) => (
            <Row key={layer.contractId} name="Known">
              {venueName(venueIdOf(layer.contractId))}: {observedWords(layer)}
            </Row>
          ))}
          <Row name="Inferred">
            Positions opened and closed in each bar
            {minutesSinceMs !== null && `, minute by minute since ${DATE.format(minutesSinceMs)}`}
          </Row>
          <Row name={learning.source === 'prior' ? 'Assumed' : 'Learned'}>
            The leverage mix: {mixWords(summary)}
            {hasLearned && (
              <button type="button" class="forget" onClick={onForget}>
                Forget
              </button>
            )}
          </Row>
          <Row name="Score">
            {learning.month === null ? 'Nothing was recorded to score the map by' : scoreWords(learning.month)}
          </Row>
          {members.length > 1 && (
            <Row name="Added up">
              USDT, USDC and USD as one dollar, levels by their distance from each venue's own mark price
            </Row>
          )}
          <Row name="Not located">
            {formatShare(unlocatedShare)} of open interest has no known entry: counted, never drawn
          </Row>
          <Row name="Risk tiers">
            {riskTiers.source === 'venue' ? `From ${venue}, ` : 'Bundled with this version, as of '}
            {DATE.format(riskTiers.asOfMs)}
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

/** Where the mix comes from, with the count of liquidations behind it. */
function mixWords({ learning, venueId }: Summary): string {
  const { source, eventCount, enoughEvents, learnedThroughMs } = learning;
  if (source === 'prior') {
    const isEnough = eventCount >= enoughEvents;
    return `a stated prior, ${isEnough ? 'learned within a day' : 'not enough events'} (${eventCount} of ${enoughEvents})`;
  }
  const whose = {
    own: `${eventCount} liquidations`,
    group: `contracts of its kind, own events ${eventCount}`,
    observed: 'public accounts',
  }[source];
  const correction = VENUE_FACTS[venueId].liquidationFeed === 'sampled' ? ', corrected for sampling' : '';
  return `from ${whose} to ${DATE.format(learnedThroughMs ?? 0)}${correction}`;
}

/** How true the map was, each figure with what a model that knows nothing of levels reaches. */
function scoreWords(score: Score): string {
  const against = (value: number | null, other: number | null, name: string) =>
    `${formatRatio(value ?? NaN)} (${name} ${formatRatio(other ?? NaN)})`;
  return [
    `${score.days.toFixed(1)} days, ${score.eventCount} liquidations`,
    `rank correlation ${against(score.rankCorrelation, score.moveRankCorrelation, 'move alone')}`,
    `bits each ${against(score.bitsPerEvent, score.dayOldBitsPerEvent, 'day-old map')}`,
    `USD in the top tenth of crossed levels ${score.topTenthShare === null ? NOTHING : formatShare(score.topTenthShare)}`,
    `expected ${formatUsd(score.expectedUsd)}, seen ${formatUsd(score.observedUsd)}`,
  ].join('; ');
}
