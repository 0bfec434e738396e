import { openDatabase } from './database';
import { createIdbTables } from './idb-tables';
import { createMarketLog, type MarketLog } from './market-log';
import { createMemoryTables } from './memory-tables';
import type { BrokenListener } from './series-log';
import type { StoreError } from './store-error';
import type { Tables } from './tables';

/** The log, and why it is kept in memory only where it is. */
export interface OpenedLog {
  readonly log: MarketLog;
  readonly error: StoreError | null;
}

/** A log that is gone with the worker, with the same behaviour otherwise. */
export const createMemoryLog = (onBroken: BrokenListener): MarketLog => createMarketLog(createMemoryTables(), onBroken);

/**
 * Opens the log on disk, or one in memory where the browser gives no database; never rejects. Who writes goes `over` the disk's
 * tables.
 */
export async function openMarketLog(
  onBroken: BrokenListener,
  over: (disk: Tables) => Tables = (disk) => disk,
): Promise<OpenedLog> {
  const opened = await openDatabase();
  if (!opened.ok) return { log: createMemoryLog(onBroken), error: opened.error };
  const disk = createIdbTables(opened.value, () => openDatabase());
  return {
    log: createMarketLog(over(disk), onBroken),
    error: null,
  };
}
