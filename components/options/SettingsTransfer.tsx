import { useRef, useState } from 'preact/hooks';

import { saveFile } from '@/components/save-file';
import type { Result } from '@/lib/core/result';
import { t } from '@/lib/i18n/words';
import { chosenPrior } from '@/lib/store/chosen-prior';
import { writeLanguage } from '@/lib/store/language';
import { type BandSettings, venuesOff } from '@/lib/store/settings';
import { type AllSettings, readSettingsFile, settingChanges, settingsFile } from '@/lib/store/settings-file';
import { keptContracts, storedMegabytes } from '@/lib/store/storage-limits';

import { Group } from './Group';

interface Props {
  readonly now: AllSettings;
  readonly onBand: (band: BandSettings) => void;
}

/** Settings to a file and back; what a file would change is shown before anything is. */
export function SettingsTransfer({ now, onBand }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Result<AllSettings, string> | null>(null);
  const take = async (file: File | undefined) => {
    if (file !== undefined) setRead(readSettingsFile(await file.text()));
    if (field.current !== null) field.current.value = '';
  };
  const apply = (next: AllSettings) => {
    onBand(next.band);
    void venuesOff.setValue(next.venuesOff);
    void writeLanguage(next.language);
    void chosenPrior.setValue(next.prior);
    void keptContracts.setValue(next.keptContracts);
    void storedMegabytes.setValue(next.storedMegabytes);
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
            {field}: {from} → <strong>{to}</strong>
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
