import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { MIGRATIONS, openDatabase, type LiqbandDatabase } from '@/lib/store/log/database';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import { TABLE_KEYS, type TableName } from '@/lib/store/log/tables';

import { BTC, START_MS, bar } from './log-under-test';

/** Every version that was ever released but the present one. */
const OLDER = MIGRATIONS.map((_, i) => i + 1).slice(0, -1);

async function openVersion(version: number): Promise<LiqbandDatabase> {
  const opened = await openDatabase({ migrations: MIGRATIONS.slice(0, version) });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

/** Three rows in every table of the version, whatever they mean. */
async function fill(database: LiqbandDatabase): Promise<void> {
  for (const table of database.objectStoreNames) {
    for (let i = 0; i < 3; i++) {
      const key = TABLE_KEYS[table].map((field, at) => [field, at === 0 ? `owner ${i}` : START_MS + i]);
      await database.put(table, {
        ...Object.fromEntries(key),
        numbers: Float64Array.of(i, NaN, -0, 1 / 3),
        text: `${i}`,
      });
    }
  }
}

async function contents(database: LiqbandDatabase, tables: readonly TableName[]): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const table of tables) rows[table] = await database.getAll(table);
  return rows;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('between two released versions', () => {
  it.each(OLDER)('an upgrade from version %d loses nothing', async (version) => {
    const older = await openVersion(version);
    await fill(older);
    const tables = [...older.objectStoreNames];
    const before = await contents(older, tables);
    older.close();
    const newest = await openVersion(MIGRATIONS.length);
    expect(await contents(newest, tables)).toEqual(before);
    newest.close();
  });

  it.each(OLDER)(
    'a downgrade to version %d works from memory, says so, and leaves all to the next upgrade',
    async (version) => {
      const newest = await openVersion(MIGRATIONS.length);
      await fill(newest);
      const tables = [...newest.objectStoreNames];
      const before = await contents(newest, tables);
      newest.close();
      const refused = await openDatabase({ migrations: MIGRATIONS.slice(0, version) });
      expect(refused).toMatchObject({ ok: false, error: { kind: 'newer' } });
      expect(!refused.ok && refused.error.message).toBe('storeNewer');
      const again = await openVersion(MIGRATIONS.length);
      expect(await contents(again, tables)).toEqual(before);
      again.close();
    },
  );

  it('the product of an older version goes on in memory', async () => {
    const newer = await openDatabase({ migrations: [...MIGRATIONS, () => {}] });
    if (newer.ok) newer.value.close();
    const { log, error } = await openMarketLog(() => {});
    expect(error?.kind).toBe('newer');
    await log.appendBars(BTC, [bar(START_MS)]);
    expect(await log.readBars(BTC, 0)).toEqual([bar(START_MS)]);
  });
});
