import './Venues.css';
import { formatShare, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { VenueId } from '@/lib/market/contract';
import { isTrouble, type VenueHealth } from '@/lib/market/health';
import { coverageOf, shareOf, type MarketMember } from '@/lib/market/member';
import { venueName } from '@/lib/market/venue-facts';
import { coverageWords } from '@/lib/render/coverage-words';

import { HEALTH_TONES } from './health-tones';
import { Section } from './Section';
import { StateMark } from './StateMark';
import { Switch } from './Switch';

interface Props {
  readonly members: readonly MarketMember[];
  /** Of all venues in use. */
  readonly health: readonly VenueHealth[];
  readonly onSwitch: (venueId: VenueId, isOn: boolean) => void;
}

/** Every venue of the market: whether it counts, how it is, its share of the open interest. */
export function Venues({ members, health, onSwitch }: Props) {
  const isLast = members.filter(({ state }) => state !== 'off').length === 1;
  return (
    <Section title={t('venues.title')} aside={coverageWords(coverageOf(members))?.long}>
      <ul class="venues">
        {members.map((member) => {
          const { venueId } = member;
          const state = stateOf(member, health);
          const isOn = state !== 'off';
          const share = shareOf(member, members);
          return (
            <li key={venueId}>
              <Switch
                label={t('venues.count', { venue: venueName(venueId) })}
                isOn={isOn}
                // Without any venue there would be nothing to show.
                onChange={(wanted) => (wanted || !isLast) && onSwitch(venueId, wanted)}
              />
              {venueName(venueId)}
              <span class="state">
                <StateMark tone={isOn ? HEALTH_TONES[state] : 'idle'} />
                {t(isOn ? `health.${state}` : 'venues.off')}
              </span>
              <span class="figure">{share === null ? NOTHING : formatShare(share)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** A venue counts while its data are fresh enough, also for a moment after it has stopped to tell prices. */
function stateOf({ venueId, state }: MarketMember, health: readonly VenueHealth[]): MarketMember['state'] {
  const streams = health.find((venue) => venue.venueId === venueId)?.streams;
  const mark = streams?.find(({ stream }) => stream === 'mark')?.state;
  return state === 'live' && mark !== undefined && isTrouble(mark) ? mark : state;
}
