import { createMarketLog, type MarketLog } from '@/lib/store/market-log';
import { createMemoryTables } from '@/lib/store/memory-tables';
import type { Row, TableName } from '@/lib/store/tables';
import type { ExtensionBrowser } from '@/scripts/browser';

/** Rows of the extension's database, by table. */
export type StoreDump = Readonly<Partial<Record<TableName, readonly Row[]>>>;

/** Reads tables as they are on disk, from a page of the extension that runs none of its code. */
export async function dumpStore(browser: ExtensionBrowser, tables: readonly TableName[]): Promise<StoreDump> {
  const page = await browser.openExtensionPage('manifest.json');
  try {
    return JSON.parse(await page.evaluate(dumpHere, tables), revive) as StoreDump;
  } finally {
    await page.close();
  }
}

/** A log over the dumped rows, to read them with the product's own code. */
export async function logFromDump(dump: StoreDump): Promise<MarketLog> {
  const memory = createMemoryTables();
  for (const [table, dumped] of Object.entries(dump)) {
    await memory.write(table as TableName, async (rows) => {
      for (const row of dumped) await rows.put(row);
    });
  }
  return createMarketLog(memory, (table, owner, count) => {
    throw new Error(`${count} broken rows in ${table} of ${owner}`);
  });
}

/** Runs in the page. JSON has no typed arrays and no NaN: they cross under their names. */
async function dumpHere(tables: readonly string[]): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('liqband');
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  const dump: Record<string, unknown[]> = {};
  for (const name of tables) {
    dump[name] = await new Promise<unknown[]>((resolve, reject) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  }
  database.close();
  const text = (bytes: Uint8Array): string => {
    let characters = '';
    for (const byte of bytes) characters += String.fromCharCode(byte);
    return btoa(characters);
  };
  return JSON.stringify(dump, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { $array: value.constructor.name, base64: text(bytes) };
  });
}

const ARRAYS = { Float64Array, Float32Array, Uint8Array, Uint16Array, Int32Array, Uint32Array } as const;

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$number' in value) return Number(value.$number);
  if (!('$array' in value)) return value;
  const { $array, base64 } = value as { $array: keyof typeof ARRAYS; base64: string };
  return new ARRAYS[$array](new Uint8Array(Buffer.from(base64, 'base64')).buffer);
}
