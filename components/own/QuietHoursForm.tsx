import { useId } from 'preact/hooks';

import { Switch } from '@/components/Switch';
import { t } from '@/lib/i18n/words';
import type { QuietHours } from '@/lib/market/alert';

import { textFromMinute } from './time-words';

const AT_FIRST: QuietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };

/** Null while the field is not filled in. */
function minuteFromText(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

interface Props {
  readonly quiet: QuietHours | null;
  readonly onChange: (quiet: QuietHours | null) => void;
}

/** From when to when nothing is told; what still holds afterwards is told then. */
export function QuietHoursForm({ quiet, onChange }: Props) {
  const change = (changed: Partial<Record<keyof QuietHours, number | null>>) => {
    const { fromMinute, toMinute } = { ...(quiet ?? AT_FIRST), ...changed };
    if (fromMinute !== null && toMinute !== null) onChange({ fromMinute, toMinute });
  };
  return (
    <div class="own-form quiet-hours">
      <Switch
        label={t('alerts.quietHours')}
        isOn={quiet !== null}
        onChange={(isOn) => onChange(isOn ? AT_FIRST : null)}
      />
      {quiet === null ? (
        <span class="quiet">{t('alerts.noQuiet')}</span>
      ) : (
        <>
          <TimeField
            label={t('alerts.from')}
            minute={quiet.fromMinute}
            onChange={(fromMinute) => change({ fromMinute })}
          />
          <TimeField label={t('alerts.to')} minute={quiet.toMinute} onChange={(toMinute) => change({ toMinute })} />
          <span class="quiet">{t('alerts.quietWhy')}</span>
        </>
      )}
    </div>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number | null) => void;
}

function TimeField({ label, minute, onChange }: TimeFieldProps) {
  const id = useId();
  return (
    <div class="field is-row">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        value={textFromMinute(minute)}
        onChange={(event) => onChange(minuteFromText(event.currentTarget.value))}
      />
    </div>
  );
}
