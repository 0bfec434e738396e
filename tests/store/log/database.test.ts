import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { MIGRATIONS, openDatabase, type LiqbandDatabase, type Migration } from '@/lib/store/log/database';
import { createIdbTables } from '@/lib/store/log/idb-tables';
import { createMarketLog } from '@/lib/store/log/market-log';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import { storeErrorFrom } from '@/lib/store/log/store-error';
import { TABLE_KEYS } from '@/lib/store/log/tables';

import { BTC, START_MS, bar } from './log-under-test';

const ignoreBroken = () => {};
const addNothing: Migration = () => {};
const NEXT_VERSION = { migrations: [...MIGRATIONS, addNothing] };

async function open(options?: Parameters<typeof openDatabase>[0]): Promise<LiqbandDatabase> {
  const opened = await openDatabase(options);
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}
const logOf = (database: LiqbandDatabase) =>
  createMarketLog(
    createIdbTables(database, () => openDatabase()),
    ignoreBroken,
  );

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('keeps its rows when it is opened again', async () => {
  const database = await open();
  await logOf(database).appendBars(BTC, [bar(START_MS)]);
  database.close();
  expect(await logOf(await open()).readBars(BTC, 0)).toEqual([bar(START_MS)]);
});

describe('an upgrade', () => {
  it('keeps the rows of the version before and runs only the steps that are new', async () => {
    const first = await open();
    await logOf(first).appendBars(BTC, [bar(START_MS)]);
    first.close();
    const steps: string[] = [];
    const next = await open({
      migrations: [
        ...MIGRATIONS.map(() => () => steps.push('first')),
        (database) => {
          steps.push('last');
          database.createObjectStore('alerts' as 'bars', { keyPath: 'id' });
        },
      ],
    });
    expect(steps).toEqual(['last']);
    expect([...next.objectStoreNames]).toContain('alerts');
    expect(await logOf(next).readBars(BTC, 0)).toEqual([bar(START_MS)]);
  });

  it('from version 1 adds the tables of learning and scores and keeps what was there', async () => {
    const first = await open({ migrations: MIGRATIONS.slice(0, 1) });
    const before = [...first.objectStoreNames];
    await logOf(first).appendBars(BTC, [bar(START_MS)]);
    first.close();
    const next = await open({ migrations: MIGRATIONS.slice(0, 2) });
    const added = [...next.objectStoreNames].filter((name) => !before.includes(name));
    expect(added).toEqual(['barScores', 'learnedMixes', 'learning', 'learningStarts', 'locationScores']);
    const log = logOf(next);
    expect(await log.readBars(BTC, 0)).toEqual([bar(START_MS)]);
    expect(await log.readMix(BTC)).toBeNull();
    expect(await log.readLearning(BTC)).toBeNull();
    expect(await log.readBarScores(BTC, 0)).toEqual([]);
  });

  it('ends with every table there is', async () => {
    expect([...(await open()).objectStoreNames].sort()).toEqual(Object.keys(TABLE_KEYS).sort());
  });

  it('from version 2 adds the tape and keeps what was there', async () => {
    const first = await open({ migrations: MIGRATIONS.slice(0, 2) });
    await logOf(first).appendBars(BTC, [bar(START_MS)]);
    expect([...first.objectStoreNames]).not.toContain('tape');
    first.close();
    const log = logOf(await open());
    await log.extendFeedSpan('binance', { fromMs: START_MS, toMs: START_MS + 1 });
    expect(await log.readRecordedSpans({ id: BTC })).toEqual([{ fromMs: START_MS, toMs: START_MS + 1 }]);
    expect(await log.readBars(BTC, 0)).toEqual([bar(START_MS)]);
  });

  it('runs every step for a new installation', async () => {
    const next = await open(NEXT_VERSION);
    expect(next.version).toBe(MIGRATIONS.length + 1);
    await logOf(next).appendBars(BTC, [bar(START_MS)]);
    expect(await logOf(next).readBarTimes(BTC, 0)).toEqual([START_MS]);
  });

  it('leaves the old version untouched when a step fails', async () => {
    const first = await open();
    await logOf(first).appendBars(BTC, [bar(START_MS)]);
    first.close();
    const fail: Migration = (database) => {
      database.deleteObjectStore('bars');
      throw new Error('half way');
    };
    expect(await openDatabase({ migrations: [...MIGRATIONS, fail] })).toMatchObject({
      ok: false,
      error: { kind: 'unavailable' },
    });
    expect(await logOf(await open()).readBars(BTC, 0)).toEqual([bar(START_MS)]);
  });

  it('is let through by connections of the version before', async () => {
    const first = await open();
    await expect(open(NEXT_VERSION)).resolves.toMatchObject({ version: MIGRATIONS.length + 1 });
    expect(() => first.transaction('bars')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  });

  it('is reported as blocked while an older connection does not give way', async () => {
    await new Promise((resolve) => {
      indexedDB.open('liqband', 1).addEventListener('success', resolve);
    });
    const opened = await openDatabase(NEXT_VERSION);
    expect(opened).toMatchObject({ ok: false, error: { kind: 'blocked' } });
  });
});

describe('a failed open', () => {
  it('names a database that a newer version wrote', async () => {
    (await open(NEXT_VERSION)).close();
    expect(await openDatabase()).toMatchObject({ ok: false, error: { kind: 'newer' } });
  });

  it('is a value with a code for the user, and the log works from memory', async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    const { log, error } = await openMarketLog(ignoreBroken);
    expect(error?.kind).toBe('unavailable');
    expect(error?.message).toBe('storeUnavailable');
    expect(log.isPersistent).toBe(false);
    await log.appendBars(BTC, [bar(START_MS)]);
    expect(await log.readBars(BTC, 0)).toEqual([bar(START_MS)]);
  });

  it('is none where the browser gives a database', async () => {
    const { log, error } = await openMarketLog(ignoreBroken);
    expect(error).toBeNull();
    expect(log.isPersistent).toBe(true);
  });
});

describe('a lost connection', () => {
  it('is opened again at its next use, once for all who wait', async () => {
    const database = await open();
    let openCount = 0;
    const log = createMarketLog(
      createIdbTables(database, () => {
        openCount++;
        return openDatabase();
      }),
      ignoreBroken,
    );
    await log.appendBars(BTC, [bar(START_MS)]);
    database.close();
    const [bars, times] = await Promise.all([log.readBars(BTC, 0), log.readBarTimes(BTC, 0)]);
    expect(bars).toHaveLength(1);
    expect(times).toEqual([START_MS]);
    expect(openCount).toBe(1);
  });

  it('rejects with the reason when it cannot be opened again, and tries anew the next time', async () => {
    const database = await open();
    const log = logOf(database);
    const upgraded = await open(NEXT_VERSION);
    await expect(log.readBars(BTC, 0)).rejects.toThrow('storeNewer');
    upgraded.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('liqband').addEventListener('success', resolve);
    });
    expect(await log.readBars(BTC, 0)).toEqual([]);
  });
});

describe('a transaction', () => {
  it('is undone as a whole when its work fails', async () => {
    const tables = createIdbTables(await open(), () => openDatabase());
    const work = tables.write('watched', async (rows) => {
      await rows.put({ contractId: BTC, watchedMs: 1 });
      throw new Error('killed');
    });
    await expect(work).rejects.toThrow('killed');
    expect(await tables.read('watched', (rows) => rows.get([BTC]))).toBeUndefined();
  });

  it('rejects with the browser’s reason when a row cannot be stored', async () => {
    const tables = createIdbTables(await open(), () => openDatabase());
    const work = tables.write('watched', (rows) => rows.put({ contractId: BTC, callback: () => {} }));
    await expect(work).rejects.toMatchObject({ name: 'DataCloneError' });
    expect(await tables.owners('watched')).toEqual([]);
  });
});

it.each([
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
  ['UnknownError', 'unavailable'],
])('takes a %s for %s', (name, kind) => {
  expect(storeErrorFrom(new DOMException('no', name))).toMatchObject({ kind, detail: `${name}: no` });
});
