/** The tables of the store and the fields that make up their keys. The first names the owner: a contract, a venue or its feed. */
export const TABLE_KEYS = {
  bars: ['contractId', 'startMs'],
  minutes: ['contractId', 'startMs'],
  openInterest: ['contractId', 'startMs'],
  liquidations: ['contractId', 'startMs'],
  recordedSpans: ['contractId', 'fromMs'],
  checkpoints: ['contractId', 'throughMs'],
  columns: ['contractId', 'timeMs'],
  seeds: ['contractId'],
  histories: ['contractId'],
  riskTiers: ['contractId'],
  watched: ['contractId'],
  contractLists: ['venueId'],
  learning: ['contractId', 'startMs'],
  learnedMixes: ['contractId'],
  learningStarts: ['contractId'],
  barScores: ['contractId', 'startMs'],
  locationScores: ['contractId', 'startMs'],
  tape: ['feed', 'atMs'],
  feedSpans: ['venueId', 'fromMs'],
  holdings: ['contractId'],
} as const;

export type TableName = keyof typeof TABLE_KEYS;
export type Key = [owner: string, timeMs?: number];
export type Row = Readonly<Record<string, unknown>>;

/** Rows are read as unknown: what was written years ago, or damaged since, is checked by whoever reads it. */
export interface RowReader {
  get(key: Key): Promise<unknown>;
  /** Rows of the owner whose time lies in [fromMs, toMs), in key order. */
  range(owner: string, fromMs: number, toMs: number): Promise<unknown[]>;
  /** Of all of the owner's rows where no times are given. */
  count(owner: string, fromMs?: number, toMs?: number): Promise<number>;
}

export interface RowWriter extends RowReader {
  /** False, and nothing changed, where the key exists. */
  add(row: Row): Promise<boolean>;
  put(row: Row): Promise<void>;
  /** Deletes the owner's rows whose time lies in [fromMs, toMs). */
  deleteRange(owner: string, fromMs: number, toMs: number): Promise<void>;
  deleteOwner(owner: string): Promise<void>;
}

/**
 * Where rows live: on disk or in memory. One call is one transaction over one table; `work` may await nothing but
 * the rows it is given. All methods reject when the disk refuses.
 */
export interface Tables {
  /** False when everything is gone with the worker. */
  readonly isPersistent: boolean;
  read<T>(table: TableName, work: (rows: RowReader) => Promise<T>): Promise<T>;
  write<T>(table: TableName, work: (rows: RowWriter) => Promise<T>): Promise<T>;
  owners(table: TableName): Promise<string[]>;
}
