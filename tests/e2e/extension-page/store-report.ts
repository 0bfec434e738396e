import { venueIdOf, type ContractId } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import { createBookConfig } from '@/lib/model/book-config';
import { configUnderMix } from '@/lib/model/next-mix';
import { createPositionBook, foldBar, seedPositionBook, serializePositionBook } from '@/lib/model/position-book';
import type { MarketLog } from '@/lib/store/log/market-log';
import { openMarketLog } from '@/lib/store/log/open-market-log';

/** What the extension's own database holds of a contract, read by its own code; digests are SHA-256. */
export interface StoreReport {
  readonly barTimesMs: readonly number[];
  readonly bars: string;
  readonly minutesCount: number;
  readonly minutes: string;
  readonly pointTimesMs: readonly number[];
  readonly openInterest: string;
  readonly columnCount: number;
  readonly columns: string;
  readonly seed: string;
  /** Every checkpoint, and whether a fresh fold of the whole log up to its time gives the same book to the bit. */
  readonly checkpoints: readonly { readonly throughMs: number; readonly isFreshFold: boolean }[];
}

/**
 * Runs in a page of the extension: engines differ in the last bit of `Math.log` and `Math.exp`, so only a fold by the
 * very browser that made a checkpoint can be compared with it.
 */
export async function storeReport(contractId: ContractId): Promise<StoreReport> {
  const { log, error } = await openMarketLog((table, owner, count) => {
    throw new Error(`${count} broken rows in ${table} of ${owner}`);
  });
  if (error !== null) throw new Error(error.message);
  const [bars, minutes, points, columns] = await Promise.all([
    log.readBars(contractId, 0),
    log.readMinutes(contractId, 0),
    log.readOpenInterest(contractId, 0),
    log.readColumns(contractId, 0, Infinity),
  ]);
  return {
    barTimesMs: bars.map((bar) => bar.openTimeMs),
    bars: await digest(bars),
    minutesCount: minutes.length,
    minutes: await digest(minutes),
    pointTimesMs: points.map((point) => point.timeMs),
    openInterest: await digest(points),
    columnCount: columns.length,
    columns: await digest(columns),
    seed: await digest(await log.readSeed(contractId)),
    checkpoints: await checkCheckpoints(log, contractId),
  };
}

/** Compares every checkpoint of a contract with a fresh fold of what the log holds. */
export async function checkCheckpoints(log: MarketLog, contractId: ContractId): Promise<StoreReport['checkpoints']> {
  const venue = await log.readContracts(venueIdOf(contractId));
  const settlement = venue?.contracts.find(({ id }) => id === contractId)?.settlement ?? 'linear';
  const tiers = await log.readRiskTiers(contractId);
  const startMs = await log.readHistoryStart(contractId);
  const seed = await log.readSeed(contractId);
  if (tiers === null || startMs === null || seed === null) return [];
  const config = configUnderMix(createBookConfig(tiers, settlement), await log.readMix(contractId));
  const openInterest = await log.readOpenInterest(contractId, startMs);
  const first = openInterest.find((point) => point.openInterest > 0);
  if (first === undefined) return [];
  const { bars } = joinFoldBars(
    await log.readBars(contractId, startMs),
    openInterest,
    startMs,
    await log.readMinutes(contractId, startMs),
  );
  const checkpoints = await log.readCheckpoints(contractId, serializePositionBook(createPositionBook(config)).key);
  const book = createPositionBook(config);
  seedPositionBook(book, seed, first.openInterest);
  let folded = 0;
  return checkpoints
    .toSorted((a, b) => a.throughMs - b.throughMs)
    .map(({ throughMs, snapshot }) => {
      for (; folded < bars.length && bars[folded].openTimeMs < throughMs; folded += 1) foldBar(book, bars[folded]);
      return {
        throughMs,
        isFreshFold: plain(serializePositionBook(book)) === plain((snapshot as { book?: unknown }).book),
      };
    });
}

export async function digest(value: unknown): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(plain(value)));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Text that tells any two values apart, bit by bit: JSON knows neither NaN nor typed arrays. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => {
    if (ArrayBuffer.isView(each)) {
      return new TextDecoder('latin1').decode(new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
    }
    return typeof each === 'number' && !Number.isFinite(each) ? String(each) : each;
  });
