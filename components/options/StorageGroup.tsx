import { useEffect, useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import { StorageUsed } from '@/components/StorageUsed';
import { formatCount, formatSpan, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { RETENTION } from '@/lib/store/log/prune';
import type { TableUse } from '@/lib/store/log/table-use';
import type { TableName } from '@/lib/store/log/tables';
import { storageEstimate, type StorageUse } from '@/lib/store/storage-estimate';
import { KEPT_CONTRACTS, keptContracts, STORED_MEGABYTES, storedMegabytes } from '@/lib/store/storage-limits';
import type { StoredChoice } from '@/lib/store/stored-choice';

import { Group, Setting } from './Group';

/** What lies in the store, as a user would part it, and how long it is kept; null for as long as the contract is. */
const KINDS = [
  { kind: 'prices', tables: ['bars', 'minutes'], keptMs: RETENTION.seriesMs },
  { kind: 'openInterest', tables: ['openInterest'], keptMs: RETENTION.seriesMs },
  { kind: 'maps', tables: ['columns', 'checkpoints', 'seeds', 'histories'], keptMs: RETENTION.seriesMs },
  { kind: 'liquidations', tables: ['liquidations', 'tape', 'recordedSpans', 'feedSpans'], keptMs: RETENTION.eventsMs },
  {
    kind: 'learned',
    tables: ['learning', 'learnedMixes', 'learningStarts', 'barScores', 'locationScores'],
    keptMs: RETENTION.learningMs,
  },
  { kind: 'accounts', tables: ['holdings'], keptMs: RETENTION.holdingsMs },
  { kind: 'lists', tables: ['riskTiers', 'watched', 'contractLists'], keptMs: null },
] as const satisfies readonly {
  readonly kind: string;
  readonly tables: readonly TableName[];
  readonly keptMs: number | null;
}[];

interface Props {
  readonly limits: { readonly keptContracts: number; readonly storedMegabytes: number };
  /** Null while the log is being opened. */
  readonly source: { tableUse(): Promise<TableUse[]>; readonly isPersistent: boolean } | null;
}

/** How much is kept, and how much there is. */
export function StorageGroup({ limits, source }: Props) {
  const [estimate, setEstimate] = useState<StorageUse | null>();
  const [uses, setUses] = useState<readonly TableUse[] | null>(null);
  useEffect(() => {
    void storageEstimate().then(setEstimate);
    // A store that refuses to count says so by what stays empty; why it does is on the page of diagnostics.
    source?.tableUse().then(setUses, () => setUses(null));
  }, [source, limits.keptContracts, limits.storedMegabytes]);
  return (
    <Group id="storage" note={t(source?.isPersistent === false ? 'diagnostics.inMemory' : 'diagnostics.onDevice')}>
      <Limit
        name={t('options.kept')}
        note={t('options.keptNote')}
        choices={KEPT_CONTRACTS}
        value={limits.keptContracts}
        setting={keptContracts}
      />
      <Limit
        name={t('options.stored')}
        note={t('options.storedNote')}
        choices={STORED_MEGABYTES}
        value={limits.storedMegabytes}
        setting={storedMegabytes}
      />
      <StorageUsed use={estimate} />
      <table class="storage-use">
        <thead>
          <tr>
            <th scope="col">{t('options.holds')}</th>
            <th scope="col">{t('options.rowCount')}</th>
            <th scope="col">{t('options.keptFor')}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map(({ kind, tables, keptMs }) => (
            <tr key={kind}>
              <th scope="row">{t(`options.kind.${kind}`)}</th>
              <td>{uses === null ? NOTHING : formatCount(rowsOf(uses, tables))}</td>
              <td>{keptMs === null ? NOTHING : formatSpan(keptMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  );
}

interface LimitProps {
  readonly name: string;
  readonly note: string;
  readonly choices: readonly number[];
  readonly value: number;
  readonly setting: StoredChoice<number>;
}

function Limit({ name, note, choices, value, setting }: LimitProps) {
  return (
    <Setting name={name} note={note}>
      <RadioGroup
        label={name}
        look="segments"
        options={choices.map((choice) => ({ value: String(choice), content: formatCount(choice) }))}
        value={String(value)}
        onChange={(chosen) => void setting.setValue(Number(chosen))}
      />
    </Setting>
  );
}

const rowsOf = (uses: readonly TableUse[], tables: readonly TableName[]): number =>
  uses.reduce((sum, { table, rows }) => sum + (tables.includes(table) ? rows : 0), 0);
