import { useRef, useState } from 'preact/hooks';

import { conditionWords, contractWords } from '@/components/own/alert-words';
import { textFromMinute } from '@/components/own/time-words';
import { saveFile } from '@/components/save-file';
import { NOTHING } from '@/lib/core/format';
import type { Result } from '@/lib/core/result';
import { t } from '@/lib/i18n/words';
import type { AlertRule, QuietHours } from '@/lib/market/alert';
import type { ContractChoices } from '@/lib/market/chart-symbol';
import type { ContractId } from '@/lib/market/contract';
import { alertRules, quietHours } from '@/lib/store/alert-settings';
import { chosenPrior } from '@/lib/store/chosen-prior';
import { favourites } from '@/lib/store/favourites';
import { writeLanguage } from '@/lib/store/language';
import { type BandSettings, contractChoices, venuesOff } from '@/lib/store/settings';
import { type AllSettings, readSettingsFile, settingChanges, settingsFile } from '@/lib/store/settings-file';
import { keptContracts, storedMegabytes } from '@/lib/store/storage-limits';

import { Group } from './Group';
import { useStored } from './use-stored';

interface Props {
  readonly options: Omit<AllSettings, 'favourites' | 'alertRules' | 'quietHours' | 'contractChoices'>;
  readonly onBand: (band: BandSettings) => void;
}

const NO_FAVOURITES: readonly ContractId[] = [];
const NO_RULES: readonly AlertRule[] = [];
const NO_CHOICES: ContractChoices = {};

/** Settings to a file and back; what a file would change is shown before anything is. */
export function SettingsTransfer({ options, onBand }: Props) {
  const now: AllSettings = {
    ...options,
    favourites: useStored(favourites.getValue, favourites.watch, NO_FAVOURITES),
    alertRules: useStored(alertRules.getValue, alertRules.watch, NO_RULES),
    quietHours: useStored(quietHours.getValue, quietHours.watch, null),
    contractChoices: useStored(contractChoices.getValue, contractChoices.watch, NO_CHOICES),
  };
  const field = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Result<AllSettings, string> | null>(null);
  const take = async (file: File | undefined) => {
    if (file !== undefined) setRead(readSettingsFile(await file.text(), now));
    if (field.current !== null) field.current.value = '';
  };
  const apply = (next: AllSettings) => {
    onBand(next.band);
    void venuesOff.setValue(next.venuesOff);
    void writeLanguage(next.language);
    void chosenPrior.setValue(next.prior);
    void keptContracts.setValue(next.keptContracts);
    void storedMegabytes.setValue(next.storedMegabytes);
    void favourites.setValue(next.favourites);
    void alertRules.setValue(next.alertRules);
    void quietHours.setValue(next.quietHours);
    void contractChoices.setValue(next.contractChoices);
    setRead(null);
  };
  return (
    <Group id="file">
      <button type="button" class="button" onClick={() => saveFile('liqband-settings.json', settingsFile(now))}>
        {t('options.save')}
      </button>{' '}
      <button type="button" class="button" onClick={() => field.current?.click()}>
        {t('options.read')}
      </button>
      <input
        ref={field}
        class="visually-hidden"
        type="file"
        accept="application/json"
        tabIndex={-1}
        aria-label={t('options.read')}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      {read?.ok === false && (
        <p role="alert">{read.error === '' ? t('options.noFile') : t('options.badField', { field: read.error })}</p>
      )}
      {read?.ok === true && <Changes now={now} next={read.value} onApply={apply} onKeep={() => setRead(null)} />}
    </Group>
  );
}

interface ChangesProps {
  readonly now: AllSettings;
  readonly next: AllSettings;
  readonly onApply: (next: AllSettings) => void;
  readonly onKeep: () => void;
}

function Changes({ now, next, onApply, onKeep }: ChangesProps) {
  const changes = settingChanges(now, next);
  if (changes.length === 0) return <p role="status">{t('options.same')}</p>;
  return (
    <div role="status">
      <ul>
        {changes.map(({ field, from, to }) => (
          <li key={field}>
            {field}: {valueWords(field, from)} → <strong>{valueWords(field, to)}</strong>
          </li>
        ))}
      </ul>
      <button type="button" class="button is-primary" onClick={() => onApply(next)}>
        {t('options.apply', { count: changes.length })}
      </button>{' '}
      <button type="button" class="button" onClick={onKeep}>
        {t('options.keep')}
      </button>
    </div>
  );
}

/** A setting's value for the eye. */
function valueWords(field: string, value: unknown): string {
  if (field === 'alertRules')
    return (value as readonly AlertRule[])
      .map(({ contractId, condition }) =>
        [contractId === null ? '' : contractWords(contractId), conditionWords(condition)].filter(Boolean).join(': '),
      )
      .join('; ');
  if (field === 'quietHours') return hoursWords(value as QuietHours | null);
  if (field === 'contractChoices')
    return Object.entries(value as ContractChoices)
      .flat()
      .join(' ');
  return Array.isArray(value) ? value.join(', ') : String(value);
}

const hoursWords = (quiet: QuietHours | null): string =>
  quiet === null ? NOTHING : [quiet.fromMinute, quiet.toMinute].map(textFromMinute).join('–');
