import { TABLE_KEYS, type Key, type Row, type RowWriter, type TableName, type Tables } from './tables';

type Entry = { readonly key: Key; readonly row: Row };
type Table = Map<string, Entry>;

/** Tables that are gone with the worker, for browsers that give no database. Same rules as on disk. */
export function createMemoryTables(): Tables {
  const tables = new Map<TableName, Table>();
  const tableOf = (name: TableName): Table => {
    const table = tables.get(name) ?? new Map<string, Entry>();
    tables.set(name, table);
    return table;
  };
  // Transactions run one after the other: each awaits between its reads and its writes.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  return {
    isPersistent: false,
    read: (name, work) => inTurn(() => work(createRows(name, tableOf(name)))),
    write: (name, work) => inTurn(() => work(createRows(name, tableOf(name)))),
    owners: async (name) => [...new Set([...tableOf(name).values()].map(({ key }) => key[0]))],
  };
}

/** Rows are copied on their way in and out, as on disk, because their typed arrays are reused by those who give them. */
function createRows(name: TableName, table: Table): RowWriter {
  const keyOf = (row: Row) => TABLE_KEYS[name].map((field) => row[field]) as unknown as Key;
  const entriesOf = (owner: string) => [...table.values()].filter(({ key }) => key[0] === owner);
  const entriesBetween = (owner: string, fromMs: number, toMs: number) =>
    entriesOf(owner).filter(({ key }) => Number(key[1]) >= fromMs && Number(key[1]) < toMs);
  const put = async (row: Row) => {
    const key = keyOf(row);
    table.set(JSON.stringify(key), { key, row: structuredClone(row) });
  };

  return {
    get: async (key) => structuredClone(table.get(JSON.stringify(key))?.row),
    range: async (owner, fromMs, toMs) =>
      entriesBetween(owner, fromMs, toMs)
        .sort((a, b) => Number(a.key[1]) - Number(b.key[1]))
        .map(({ row }) => structuredClone(row)),
    count: async (owner, fromMs, toMs = Infinity) =>
      (fromMs === undefined ? entriesOf(owner) : entriesBetween(owner, fromMs, toMs)).length,
    put,
    async add(row) {
      const isNew = !table.has(JSON.stringify(keyOf(row)));
      if (isNew) await put(row);
      return isNew;
    },
    async deleteRange(owner, fromMs, toMs) {
      for (const { key } of entriesBetween(owner, fromMs, toMs)) table.delete(JSON.stringify(key));
    },
    async deleteOwner(owner) {
      for (const { key } of entriesOf(owner)) table.delete(JSON.stringify(key));
    },
  };
}
