import { TABLE_KEYS, type Key, type Row, type RowWriter, type TableName, type Tables } from './tables';

interface Gone {
  readonly owner: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Rows in memory over those of a table on disk: what was put covers, what was deleted hides. */
export interface Overlay extends RowWriter {
  /** Does to the disk what was done here. */
  applyTo(rows: RowWriter): Promise<void>;
  owners(): string[];
}

/** Empty at first: it reads through to the table on `disk`, and writes nothing there before `applyTo`. */
export function createOverlay(table: TableName, disk: Tables): Overlay {
  const kept = new Map<string, { readonly key: Key; readonly row: Row }>();
  const gone: Gone[] = [];

  const keyOf = (row: Row) => TABLE_KEYS[table].map((field) => row[field]) as unknown as Key;
  const isGone = ([owner, timeMs]: Key): boolean =>
    gone.some(
      (each) => each.owner === owner && (timeMs === undefined || (timeMs >= each.fromMs && timeMs < each.toMs)),
    );
  const keptOf = (owner: string, fromMs = -Infinity, toMs = Infinity) =>
    [...kept.values()].filter(({ key: [of, timeMs = fromMs] }) => of === owner && timeMs >= fromMs && timeMs < toMs);
  const drop = (owner: string, fromMs: number, toMs: number): void => {
    gone.push({ owner, fromMs, toMs });
    for (const { key } of keptOf(owner, fromMs, toMs)) kept.delete(JSON.stringify(key));
  };
  const put = async (row: Row): Promise<void> => {
    const key = keyOf(row);
    kept.set(JSON.stringify(key), { key, row: structuredClone(row) });
  };
  const get = async (key: Key): Promise<unknown> => {
    const own = kept.get(JSON.stringify(key));
    if (own !== undefined) return structuredClone(own.row);
    return isGone(key) ? undefined : disk.read(table, (rows) => rows.get(key));
  };
  const range = async (owner: string, fromMs: number, toMs: number): Promise<unknown[]> => {
    const rows = new Map<string, Row>();
    for (const row of (await disk.read(table, (reader) => reader.range(owner, fromMs, toMs))) as Row[])
      if (!isGone(keyOf(row))) rows.set(JSON.stringify(keyOf(row)), row);
    for (const { key, row } of keptOf(owner, fromMs, toMs)) rows.set(JSON.stringify(key), structuredClone(row));
    return [...rows.values()].sort((a, b) => Number(keyOf(a)[1]) - Number(keyOf(b)[1]));
  };

  return {
    get,
    range,
    async count(owner, fromMs = -Infinity, toMs = Infinity) {
      if (TABLE_KEYS[table].length > 1) return (await range(owner, fromMs, toMs)).length;
      return (await get([owner])) === undefined ? 0 : 1;
    },
    put,
    async add(row) {
      const isNew = (await get(keyOf(row))) === undefined;
      if (isNew) await put(row);
      return isNew;
    },
    deleteRange: async (owner, fromMs, toMs) => drop(owner, fromMs, toMs),
    deleteOwner: async (owner) => drop(owner, -Infinity, Infinity),
    async applyTo(rows) {
      for (const { owner, fromMs, toMs } of gone)
        await (fromMs === -Infinity && toMs === Infinity
          ? rows.deleteOwner(owner)
          : rows.deleteRange(owner, fromMs, toMs));
      for (const { row } of kept.values()) await rows.put(row);
    },
    owners: () => [...new Set([...kept.values()].map(({ key }) => key[0]))],
  };
}
