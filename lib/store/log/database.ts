import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { err, ok, type Result } from '@/lib/core/result';

import { storeError, storeErrorFrom, type StoreError } from './store-error';
import { TABLE_KEYS, type Key, type TableName } from './tables';

export type LiqbandSchema = DBSchema & { [Name in TableName]: { key: Key; value: unknown } };
export type LiqbandDatabase = IDBPDatabase<LiqbandSchema>;

/** Brings the database from one version to the next; may await nothing but the database. */
export type Migration = (database: LiqbandDatabase) => void;

/** Entry i leads from version i to i + 1. Entries are never changed once released. */
export const MIGRATIONS: readonly Migration[] = [
  creating([
    'bars',
    'openInterest',
    'liquidations',
    'recordedSpans',
    'checkpoints',
    'columns',
    'seeds',
    'histories',
    'riskTiers',
    'watched',
    'contractLists',
  ]),
  creating(['learning', 'learnedMixes', 'learningStarts', 'barScores', 'locationScores']),
  creating(['tape', 'feedSpans']),
  creating(['minutes']),
  creating(['holdings']),
];

function creating(names: readonly TableName[]): Migration {
  return (database) => {
    for (const name of names) database.createObjectStore(name, { keyPath: [...TABLE_KEYS[name]] });
  };
}

/**
 * Opens the product's database, bringing an older one up to date. A connection closes itself when a newer version
 * wants to upgrade, and any use afterwards fails with `InvalidStateError`, as after an abnormal end.
 */
export async function openDatabase({
  name = 'liqband',
  migrations = MIGRATIONS,
}: { name?: string; migrations?: readonly Migration[] } = {}): Promise<Result<LiqbandDatabase, StoreError>> {
  let reportBlocked: (result: Result<never, StoreError>) => void;
  let isGivenUp = false;
  const blocked = new Promise<Result<never, StoreError>>((resolve) => {
    reportBlocked = resolve;
  });
  const opened = open(name, migrations, () => {
    isGivenUp = true;
    reportBlocked(err(storeError('blocked', `version ${migrations.length} of ${name} waits for older connections`)));
  });
  // The older connection may end long after the caller went on without us.
  void opened.then((result) => {
    if (isGivenUp && result.ok) result.value.close();
  });
  return Promise.race([opened, blocked]);
}

async function open(
  name: string,
  migrations: readonly Migration[],
  blocked: () => void,
): Promise<Result<LiqbandDatabase, StoreError>> {
  try {
    const database = await openDB<LiqbandSchema>(name, migrations.length, {
      upgrade(database, oldVersion, _newVersion, { done }) {
        // When a step fails, the opening itself rejects with the reason.
        done.catch(() => undefined);
        for (const migrate of migrations.slice(oldVersion)) migrate(database);
      },
      blocked,
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return ok(database);
  } catch (cause) {
    return err(storeErrorFrom(cause));
  }
}
