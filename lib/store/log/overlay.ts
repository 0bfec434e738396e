import { weighRow } from './row-weight';
import { TABLE_KEYS, type Key, type Row, type RowWriter, type TableName, type Tables } from './tables';

interface Gone {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Kept {
  readonly key: Key;
  readonly row: Row;
  readonly bytes: number;
}

/** Rows in memory over those of a table on disk: what was put covers, what was deleted hides. */
export interface Overlay extends RowWriter {
  /** Does to the disk what was done here. */
  applyTo(rows: RowWriter): Promise<void>;
  owners(): string[];
  /** About as much as its rows take. */
  readonly bytes: number;
  /** The row of the earliest time; undefined where there is none. */
  oldest(): Row | undefined;
  /** Lets go of a row: what the disk has of it shows again. */
  discard(row: Row): void;
}

/** Empty at first: it reads through to the table on `disk`, and writes nothing there before `applyTo`. */
export function createOverlay(table: TableName, disk: Tables): Overlay {
  const kept = new Map<string, Kept>();
  /** By owner, apart from each other. */
  const gone = new Map<string, readonly Gone[]>();
  let bytes = 0;

  const keyOf = (row: Row) => TABLE_KEYS[table].map((field) => row[field]) as unknown as Key;
  const isGone = ([owner, timeMs]: Key): boolean =>
    (gone.get(owner) ?? []).some(({ fromMs, toMs }) => timeMs === undefined || (timeMs >= fromMs && timeMs < toMs));
  const keptOf = (owner: string, fromMs = -Infinity, toMs = Infinity) =>
    [...kept.values()].filter(({ key: [of, timeMs = fromMs] }) => of === owner && timeMs >= fromMs && timeMs < toMs);
  const remove = (id: string): void => {
    bytes -= kept.get(id)?.bytes ?? 0;
    kept.delete(id);
  };
  const drop = (owner: string, fromMs: number, toMs: number): void => {
    if (!(fromMs < toMs)) return;
    const before = gone.get(owner) ?? [];
    const touching = before.filter((each) => each.fromMs <= toMs && each.toMs >= fromMs);
    const joined = {
      fromMs: Math.min(fromMs, ...touching.map((each) => each.fromMs)),
      toMs: Math.max(toMs, ...touching.map((each) => each.toMs)),
    };
    gone.set(owner, [...before.filter((each) => !touching.includes(each)), joined]);
    for (const { key } of keptOf(owner, fromMs, toMs)) remove(JSON.stringify(key));
  };
  const put = async (row: Row): Promise<void> => {
    const key = keyOf(row);
    const id = JSON.stringify(key);
    remove(id);
    const entry = { key, row: structuredClone(row), bytes: weighRow(row) };
    kept.set(id, entry);
    bytes += entry.bytes;
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
      for (const [owner, ranges] of gone)
        for (const { fromMs, toMs } of ranges)
          await (fromMs === -Infinity && toMs === Infinity
            ? rows.deleteOwner(owner)
            : rows.deleteRange(owner, fromMs, toMs));
      for (const { row } of kept.values()) await rows.put(row);
    },
    owners: () => [...new Set([...kept.values()].map(({ key }) => key[0]))],
    get bytes() {
      return bytes;
    },
    oldest() {
      let oldest: Kept | undefined;
      for (const each of kept.values())
        if (oldest === undefined || (each.key[1] ?? 0) < (oldest.key[1] ?? 0)) oldest = each;
      return oldest?.row;
    },
    discard: (row) => remove(JSON.stringify(keyOf(row))),
  };
}
