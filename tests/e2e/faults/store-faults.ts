import type { Page } from 'playwright-core';

import { TABLE_KEYS, type TableName } from '@/lib/store/log/tables';
import type { Random } from '@/tests/market/synthetic-random';

import type { Rig } from './rig';

/** Rows that may be damaged: all that can be fetched or made again. */
const TABLES: readonly TableName[] = [
  'bars',
  'minutes',
  'openInterest',
  'checkpoints',
  'columns',
  'seeds',
  'riskTiers',
  'contractLists',
];

/** Lets the worker's disk fail from now on, for as long as the worker lives or until it is healed. */
export async function breakDisk(rig: Pick<Rig, 'browser'>, how: 'full' | 'aborting'): Promise<boolean> {
  const [worker] = rig.browser().context.serviceWorkers();
  if (worker === undefined) return false;
  return worker.evaluate(breakDiskHere, how).then(
    () => true,
    () => false,
  );
}

export async function mendDisk(rig: Rig): Promise<void> {
  for (const worker of rig.browser().context.serviceWorkers()) {
    await worker.evaluate(() => void ((globalThis as { diskFault?: string }).diskFault = 'none')).catch(() => {});
  }
}

/** Runs in the worker. */
function breakDiskHere(how: string): void {
  const scope = globalThis as { diskFault?: string };
  const isPatched = scope.diskFault !== undefined;
  scope.diskFault = how;
  if (isPatched) return;
  const writers = IDBObjectStore.prototype as unknown as Record<string, (...given: unknown[]) => IDBRequest>;
  for (const name of ['put', 'add']) {
    const write = writers[name];
    writers[name] = function (this: IDBObjectStore, ...given: unknown[]) {
      if (scope.diskFault === 'full') throw new DOMException('no room', 'QuotaExceededError');
      if (scope.diskFault === 'aborting') this.transaction.abort();
      return write.apply(this, given);
    };
  }
}

/** Changes one number, or takes one field, of three stored rows. */
export async function damageRows(rig: Rig, random: Random): Promise<void> {
  const wounds = Array.from({ length: 3 }, () => ({
    table: TABLES[Math.floor(random.next() * TABLES.length)],
    dice: [random.next(), random.next(), random.next()],
  }));
  await rig.inExtension(async (page) => {
    for (const wound of wounds) await page.evaluate(damageRowHere, wound);
  });
}

/** Runs in a page of the extension. */
async function damageRowHere({ table, dice }: { table: string; dice: number[] }): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('liqband');
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  try {
    const transaction = database.transaction(table, 'readwrite');
    const store = transaction.objectStore(table);
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(transaction.error));
    });
    const ask = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)));
    const keys = await ask(store.getAllKeys());
    if (keys.length === 0) return;
    const row = (await ask(store.get(keys[Math.floor(dice[0] * keys.length)]))) as Record<string, unknown>;
    const arrays: Float64Array[] = [];
    const collect = (value: unknown): void => {
      if (value instanceof Float64Array) arrays.push(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
    };
    collect(row);
    const filled = arrays.filter(({ length }) => length > 0);
    if (filled.length > 0) {
      const numbers = filled[Math.floor(dice[1] * filled.length)];
      numbers[Math.floor(dice[2] * numbers.length)] *= 1.0001;
    } else {
      const inner = Object.keys(row).filter((name) => typeof row[name] === 'object');
      for (const name of inner) row[name] = null;
    }
    store.put(row);
    await done;
  } finally {
    database.close();
  }
}

/**
 * Puts the whole database back to what the version before wrote, and keeps it open for a while as an old tab would; no
 * worker may run meanwhile.
 */
export async function ageDatabase(page: Page, newest: readonly TableName[], version: number): Promise<void> {
  const keys = Object.fromEntries(
    Object.entries(TABLE_KEYS).filter(([name]) => !newest.includes(name as TableName)),
  ) as Record<string, readonly string[]>;
  await page.evaluate(ageDatabaseHere, { keys, version });
}

/** Runs in a page of the extension. */
async function ageDatabaseHere(to: { keys: Record<string, readonly string[]>; version: number }): Promise<void> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const current = await settled(indexedDB.open('liqband'));
  const names = Object.keys(to.keys);
  const reading = current.transaction(names);
  const rows = await Promise.all(names.map((name) => settled<unknown[]>(reading.objectStore(name).getAll())));
  current.close();
  // Both at once, so that nobody else opens it in between.
  indexedDB.deleteDatabase('liqband');
  const opening = indexedDB.open('liqband', to.version);
  opening.addEventListener('upgradeneeded', () => {
    for (const name of names) opening.result.createObjectStore(name, { keyPath: [...to.keys[name]] });
  });
  const older = await settled(opening);
  const writing = older.transaction(names, 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    writing.addEventListener('complete', () => resolve());
    writing.addEventListener('abort', () => reject(writing.error));
  });
  names.forEach((name, i) => {
    for (const row of rows[i]) writing.objectStore(name).put(row);
  });
  await done;
  // Left open, and deaf to the newer version that wants to upgrade, until the page goes.
}
