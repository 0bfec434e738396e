import { DAY_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type BarMinutes, type OpenInterestPoint } from '@/lib/market/bar';
import { venueIdOf, type ContractId } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import { openMarketLog } from '@/lib/store/log/open-market-log';

import { checkCheckpoints, digest, type StoreReport } from './store-report';

/** What the log holds of a contract: a digest of a month before a moment, every row since. */
export interface LogRows {
  readonly contractId: ContractId;
  readonly startMs: number;
  /** Of bars, minutes and seed before the moment; who took may not be told again. */
  readonly before: Readonly<Record<'bars' | 'minutes' | 'seed', string>>;
  readonly bars: readonly Bar[];
  readonly minutes: readonly (Omit<BarMinutes, 'path'> & { readonly path: readonly number[] })[];
  /** All of it: venues tell it again for some days only. */
  readonly openInterest: readonly OpenInterestPoint[];
  readonly liquidations: readonly Liquidation[];
  readonly spans: readonly RecordedSpan[];
  readonly checkpoints: StoreReport['checkpoints'];
  /** Stored liquidations, or rows of them, that cannot be read: nothing damages those. */
  readonly brokenCount: number;
}

/** Longer ago than a month and a day bars may have been pruned, and damaged ones are not asked for again. */
const COMPARED_MS = 29 * DAY_MS;

/** Ends of a contract's log. */
export interface LogEnd {
  readonly contractId: ContractId;
  readonly barMs: number;
  readonly openInterestMs: number;
  /** Bars and their minutes of the last month that are missing between others. */
  readonly holeCount: number;
}

/** Runs in a page of the extension: how far the log has come, without looking at what is in it. */
export async function logEnds({ ids, sinceMs }: { ids: readonly ContractId[]; sinceMs: number }): Promise<LogEnd[]> {
  const { log, error } = await openMarketLog(() => {});
  if (error !== null) throw new Error(error.message);
  const ends: LogEnd[] = [];
  for (const contractId of ids) {
    const bars = await log.readBarTimes(contractId, sinceMs);
    const minutes = await log.readMinutesTimes(contractId, sinceMs);
    const points = await log.readOpenInterestTimes(contractId, sinceMs);
    ends.push({
      contractId,
      barMs: bars.at(-1) ?? -Infinity,
      openInterestMs: points.at(-1) ?? -Infinity,
      holeCount: holesIn(bars) + holesIn(minutes),
    });
  }
  return ends;
}

const holesIn = (times: readonly number[]): number =>
  times.length === 0 ? 0 : (times[times.length - 1] - times[0]) / BAR_MS + 1 - times.length;

/** Runs in a page of the extension, by its own code. */
export async function logRows({ ids, sinceMs }: { ids: readonly ContractId[]; sinceMs: number }): Promise<LogRows[]> {
  let brokenCount = 0;
  const { log, error } = await openMarketLog((table, _owner, count) => {
    if (table === 'tape' || table === 'liquidations') brokenCount += count;
  });
  if (error !== null) throw new Error(error.message);
  const all: LogRows[] = [];
  const isBefore = ({ openTimeMs }: { readonly openTimeMs: number }): boolean =>
    openTimeMs < sinceMs && openTimeMs >= sinceMs - COMPARED_MS;
  for (const contractId of ids) {
    brokenCount = 0;
    const bars = await log.readBars(contractId, 0);
    const minutes = await log.readMinutes(contractId, 0);
    const openInterest = await log.readOpenInterest(contractId, 0);
    all.push({
      contractId,
      startMs: (await log.readHistoryStart(contractId)) ?? NaN,
      before: {
        bars: await digest(bars.filter(isBefore).map((bar) => ({ ...bar, takerBuyVolume: 0 }))),
        minutes: await digest(minutes.filter(isBefore)),
        seed: await digest(await log.readSeed(contractId)),
      },
      bars: bars.filter(({ openTimeMs }) => openTimeMs >= sinceMs),
      minutes: minutes
        .filter(({ openTimeMs }) => openTimeMs >= sinceMs)
        .map(({ openTimeMs, path }) => ({ openTimeMs, path: [...path] })),
      openInterest,
      liquidations: await log.readLiquidations(contractId, sinceMs),
      spans: await log.readFeedSpans(venueIdOf(contractId)),
      checkpoints: await checkCheckpoints(log, contractId),
      brokenCount,
    });
  }
  return all;
}
