import './Provenance.css';
import { formatShare } from '@/lib/core/format';
import type { Summary } from '@/lib/market/summary';

import { leverageGroups } from './leverage-groups';
import { Section } from './Section';
import { venueName } from './venue-name';

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** What the figures rest on: what was observed, what is inferred from it, what is assumed. */
export function Provenance({ summary }: { summary: Summary }) {
  const { riskTiers, unlocatedShare, historyDays } = summary;
  const venue = venueName(summary.venueId);
  const days = Math.max(1, Math.round(historyDays));
  return (
    <Section title="Where the figures come from" aside={`${venue} only`}>
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
            <td>The leverage mix below: a stated prior, not learned from this contract</td>
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
      <LeverageMix mix={summary.leverageMix} />
    </Section>
  );
}

function LeverageMix({ mix }: { mix: Summary['leverageMix'] }) {
  const groups = leverageGroups(mix);
  const opacityOf = (index: number) => 0.2 + (0.8 * index) / (groups.length - 1);
  return (
    <>
      <div class="section-head mix-head">
        <h3>Leverage mix in use</h3>
        <span class="quiet">share of opened quantity</span>
      </div>
      <div class="mix" aria-hidden="true">
        {groups.map(({ label, share }, index) => (
          <i key={label} style={{ flexGrow: share, opacity: opacityOf(index) }} />
        ))}
      </div>
      <ul class="mix-key" aria-label="Leverage mix, share of opened quantity">
        {groups.map(({ label, share }, index) => (
          <li key={label}>
            <b style={{ opacity: opacityOf(index) }} />
            {label}
            <span>{formatShare(Math.round(share * 100) / 100).replace('.0%', '%')}</span>
          </li>
        ))}
      </ul>
      <p class="caption">None: hedged, or with so much margin that it is never liquidated.</p>
    </>
  );
}
