import './Venues.css';
import { formatShare, NOTHING } from '@/lib/core/format';
import type { VenueId } from '@/lib/market/contract';
import { coverageWords } from '@/lib/market/coverage-words';
import { coverageOf, shareOf, type MarketMember } from '@/lib/market/member';
import { venueName } from '@/lib/market/venue-facts';

import { Section } from './Section';
import { StateMark } from './StateMark';
import { HEALTH_WORDS } from './stream-words';
import { Switch } from './Switch';

interface Props {
  readonly members: readonly MarketMember[];
  readonly onSwitch: (venueId: VenueId, isOn: boolean) => void;
}

/** Every venue of the market: whether it counts, how it is, its share of the open interest. */
export function Venues({ members, onSwitch }: Props) {
  const isLast = members.filter(({ state }) => state !== 'off').length === 1;
  return (
    <Section title="Venues" aside={coverageWords(coverageOf(members))?.long}>
      <ul class="venues">
        {members.map((member) => {
          const { venueId, state } = member;
          const isOn = state !== 'off';
          const { tone, word } = isOn ? HEALTH_WORDS[state] : HEALTH_WORDS.idle;
          const share = shareOf(member, members);
          return (
            <li key={venueId}>
              <Switch
                label={`Count ${venueName(venueId)}`}
                isOn={isOn}
                // Without any venue there would be nothing to show.
                onChange={(wanted) => (wanted || !isLast) && onSwitch(venueId, wanted)}
              />
              {venueName(venueId)}
              <span class="state">
                <StateMark tone={tone} />
                {isOn ? word : 'off'}
              </span>
              <span class="figure">{share === null ? NOTHING : formatShare(share)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
