import { t } from '@/lib/i18n/words';
import { LEVERAGE_GROUPS } from '@/lib/model/profile-from-book';

interface Props {
  /** Which groups are wanted, lowest leverage first. */
  readonly groups: readonly boolean[];
  readonly onChange: (groups: readonly boolean[]) => void;
}

/** Of which leverage the map shows positions. */
export const LeverageChips = ({ groups, onChange }: Props) => (
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
