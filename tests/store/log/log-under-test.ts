import { IDBFactory } from 'fake-indexeddb';

import type { Bar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { openDatabase } from '@/lib/store/log/database';
import { createIdbTables } from '@/lib/store/log/idb-tables';
import { createMarketLog, type MarketLog } from '@/lib/store/log/market-log';
import { createMemoryTables } from '@/lib/store/log/memory-tables';
import type { BrokenListener } from '@/lib/store/log/series-log';
import type { Tables } from '@/lib/store/log/tables';

/** Midnight UTC of 13 September 2024. */
export const START_MS = 1_726_185_600_000;
export const BTC = 'binance:BTCUSDT';
export const ETH = 'binance:ETHUSDT';

export const bar = (openTimeMs: number, change: Partial<Bar> = {}): Bar => ({
  openTimeMs,
  open: 58_000,
  high: 58_100,
  low: 57_900,
  close: 58_050,
  volume: 120.5,
  takerBuyVolume: 61.25,
  markHigh: 58_090,
  markLow: 57_910,
  markClose: 58_049,
  ...change,
});

export const liquidation = (timeMs: number, change: Partial<Liquidation> = {}): Liquidation => ({
  timeMs,
  positionSide: 'long',
  bankruptcyPrice: 57_000,
  averagePrice: NaN,
  qty: 0.5,
  ...change,
});

/** Tables on a disk of their own. */
export async function createDiskTables(): Promise<Tables> {
  globalThis.indexedDB = new IDBFactory();
  const opened = await openDatabase();
  if (!opened.ok) throw new Error(opened.error.detail);
  return createIdbTables(opened.value, () => openDatabase());
}

/** Both homes of the log, which must behave alike. */
export const TABLES: readonly (readonly [name: string, create: () => Promise<Tables>])[] = [
  ['disk', createDiskTables],
  ['memory', async () => createMemoryTables()],
];

export interface LogUnderTest {
  readonly log: MarketLog;
  readonly tables: Tables;
  /** What was reported broken, as `table owner count`. */
  readonly broken: string[];
}

export function createLogUnderTest(tables: Tables): LogUnderTest {
  const broken: string[] = [];
  const onBroken: BrokenListener = (table, owner, count) => broken.push(`${table} ${owner} ${count}`);
  return { tables, broken, log: createMarketLog(tables, onBroken) };
}
