import { t } from '@/lib/i18n/words';
import { LEVERAGE_GROUPS } from '@/lib/model/profile-from-book';

import type { MapColours } from './map-colours';

interface Props {
  /** Which groups are wanted, lowest leverage first. */
  readonly groups: readonly boolean[];
  readonly colours: MapColours['leverage'];
  readonly onChange: (groups: readonly boolean[]) => void;
}

/** Of which leverage the map shows positions; also the key to the colours of the profile. */
export const LeverageChips = ({ groups, colours, onChange }: Props) => (
  <div class="venue-chips" role="group" aria-label={t('map.leverage')}>
    {LEVERAGE_GROUPS.map(({ label }, g) => (
      <button
        key={label}
        type="button"
        aria-pressed={groups[g]}
        // Without any group there would be nothing to show.
        disabled={groups[g] && groups.filter(Boolean).length === 1}
        onClick={() => onChange(groups.map((isOn, i) => (i === g ? !isOn : isOn)))}
      >
        <i
          class="leverage-key"
          style={{ background: `linear-gradient(90deg, ${colours.long[g]} 50%, ${colours.short[g]} 50%)` }}
        />
        {label}
      </button>
    ))}
  </div>
);

/** Those that are wanted, for whoever looks at a picture of the map; null where all are. */
export const leverageWords = (groups: readonly boolean[]): string | null =>
  groups.every(Boolean)
    ? null
    : LEVERAGE_GROUPS.filter((_, g) => groups[g])
        .map(({ label }) => label)
        .join(', ');
