import './Provenance.css';
import { formatShare } from '@/lib/core/format';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';

import { Section } from './Section';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** What the figures rest on: what was observed, what is inferred from it, what is assumed. */
export function Provenance({ summary }: { summary: Summary }) {
  const { riskTiers, unlocatedShare, historyDays } = summary;
  const venue = venueName(summary.venueId);
  const days = Math.max(1, Math.round(historyDays));
  return (
    <Section title="Where the figures come from">
      <table class="provenance">
        <tbody>
          <tr>
            <th scope="row">Observed</th>
            <td>
              Price, volume, open interest and liquidations, {days} {days === 1 ? 'day' : 'days'} of 5-minute bars
            </td>
          </tr>
          <tr>
            <th scope="row">Inferred</th>
            <td>Positions opened and closed in each bar</td>
          </tr>
          <tr>
            <th scope="row">Assumed</th>
            <td>The leverage mix: a stated prior, not learned from this contract</td>
          </tr>
          <tr>
            <th scope="row">Not located</th>
            <td>{formatShare(unlocatedShare)} of open interest has no known entry: counted, never drawn</td>
          </tr>
          <tr>
            <th scope="row">Risk tiers</th>
            <td>
              {riskTiers.source === 'venue' ? `From ${venue}, ` : 'Bundled with this version, as of '}
              {DATE.format(riskTiers.asOfMs)}
            </td>
          </tr>
        </tbody>
      </table>
    </Section>
  );
}
