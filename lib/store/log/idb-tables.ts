import { unwrap, type IDBPObjectStore } from 'idb';

import type { Result } from '@/lib/core/result';

import type { LiqbandDatabase, LiqbandSchema } from './database';
import type { StoreError } from './store-error';
import type { Row, RowReader, RowWriter, TableName, Tables } from './tables';

type Store<Mode extends IDBTransactionMode> = IDBPObjectStore<LiqbandSchema, [TableName], TableName, Mode>;

/** Tables on disk. A connection that the browser or a newer version ended is opened again at its next use. */
export function createIdbTables(
  first: LiqbandDatabase,
  reopen: () => Promise<Result<LiqbandDatabase, StoreError>>,
): Tables {
  let database = first;
  let reopening: Promise<void> | null = null;

  const connect = async (): Promise<void> => {
    const opened = await reopen();
    if (!opened.ok) throw new Error(`${opened.error.message} (${opened.error.detail})`);
    database = opened.value;
  };

  const begin = async <T>(start: (database: LiqbandDatabase) => T): Promise<T> => {
    try {
      return start(database);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      reopening ??= connect().finally(() => {
        reopening = null;
      });
      await reopening;
      return start(database);
    }
  };

  return {
    isPersistent: true,

    async read(table, work) {
      const transaction = await begin((database) => database.transaction(table));
      // When it is aborted, the requests of the work reject with the reason.
      transaction.done.catch(() => undefined);
      return work(createReader(transaction.store));
    },

    async write(table, work) {
      const transaction = await begin((database) => database.transaction(table, 'readwrite'));
      const committed = transaction.done.then(
        () => null,
        (error: unknown) => ({ error }),
      );
      let result;
      try {
        result = await work(createWriter(transaction.store));
      } catch (error) {
        abort(transaction);
        await committed;
        throw error;
      }
      const failure = await committed;
      if (failure !== null) throw failure.error;
      return result;
    },

    async owners(table) {
      const transaction = await begin((database) => database.transaction(table));
      transaction.done.catch(() => undefined);
      const owners: string[] = [];
      let cursor = await transaction.store.openKeyCursor();
      while (cursor !== null) {
        const [owner] = cursor.key;
        owners.push(owner);
        cursor = await cursor.continue([owner, AFTER_ALL]);
      }
      return owners;
    },
  };
}

// An array sorts after every number and string, so no key of an owner lies beyond it.
const AFTER_ALL = [] as unknown as number;

const ownerRange = (owner: string) => IDBKeyRange.bound([owner], [owner, AFTER_ALL]);
const timeRange = (owner: string, fromMs: number, toMs: number) =>
  IDBKeyRange.bound([owner, fromMs], [owner, toMs], false, true);

function createReader(store: Store<IDBTransactionMode>): RowReader {
  return {
    get: (key) => store.get(key),
    range: (owner, fromMs, toMs) => store.getAll(timeRange(owner, fromMs, toMs)),
    count: (owner, fromMs, toMs = Infinity) =>
      store.count(fromMs === undefined ? ownerRange(owner) : timeRange(owner, fromMs, toMs)),
  };
}

function createWriter(store: Store<'readwrite'>): RowWriter {
  return {
    ...createReader(store),
    add: (row) => addUnlessPresent(unwrap(store), row),
    put: async (row) => void (await store.put(row)),
    deleteRange: (owner, fromMs, toMs) => store.delete(timeRange(owner, fromMs, toMs)),
    deleteOwner: (owner) => store.delete(ownerRange(owner)),
  };
}

/** An existing key fails the request; left alone, that failure would undo the whole transaction. */
function addUnlessPresent(store: IDBObjectStore, row: Row): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = store.add(row);
    request.addEventListener('success', () => resolve(true));
    request.addEventListener('error', (event) => {
      if (request.error?.name !== 'ConstraintError') return reject(request.error);
      event.preventDefault();
      event.stopPropagation();
      return resolve(false);
    });
  });
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // A failed request has ended it already.
  }
}
