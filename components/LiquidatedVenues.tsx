import { formatDecimal, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { LiquidatedWindow } from '@/lib/market/summary';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';

import { recordedText } from './recorded-text';

type VenuePart = LiquidatedWindow['venues'][number];

/** What one window's sum consists of: each venue's sides, mirrored, and how complete they are. */
export function LiquidatedVenues({ window: { venues } }: { readonly window: LiquidatedWindow }) {
  const maximum = Math.max(...venues.flatMap(({ longUsd, shortUsd }) => [longUsd, shortUsd]));
  return (
    <table class="liquidated-venues">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('venues.title')}</th>
          <th scope="col">{t('side.longs')}</th>
          <th scope="col">{t('side.shorts')}</th>
          <th scope="col">{t('streams.state')}</th>
        </tr>
      </thead>
      <tbody>
        {venues.toSorted(byUsd).map((venue) => (
          <tr key={venue.venueId}>
            <th scope="row">{venueName(venue.venueId)}</th>
            <Side venue={venue} side="long" maximum={maximum} />
            <Side venue={venue} side="short" maximum={maximum} />
            <td class="quiet">{completeness(venue)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const byUsd = (a: VenuePart, b: VenuePart): number => b.longUsd + b.shortUsd - a.longUsd - a.shortUsd;

function Side({ venue, side, maximum }: { venue: VenuePart; side: 'long' | 'short'; maximum: number }) {
  const usd = side === 'long' ? venue.longUsd : venue.shortUsd;
  return (
    <td>
      <span class={`${side}-side`}>
        {venue.recordedShare > 0 ? formatUsd(usd) : <span class="quiet">{t('data.none')}</span>}
        <i style={{ '--part': `${maximum > 0 ? (100 * usd) / maximum : 0}%` }} />
      </span>
    </td>
  );
}

/** What is missing: a feed, a part of the window, what a sampled feed leaves out. */
function completeness({ venueId, longUsd, shortUsd, correctedUsd, recordedShare }: VenuePart): string {
  const { liquidationFeed } = VENUE_FACTS[venueId];
  if (liquidationFeed === 'none') return t('feed.none');
  if (recordedShare === 0) return t('liquidated.notRecorded');
  const factor = correctedUsd / (longUsd + shortUsd);
  const isCorrected = factor > 1.005;
  return [
    recordedText(recordedShare),
    ...(isCorrected ? [t('liquidated.corrected', { factor: formatDecimal(factor, 2) })] : []),
  ].join(', ');
}
