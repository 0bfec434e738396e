import type { Bar, BarMinutes, OpenInterestPoint } from '@/lib/market/bar';
import { venueIdOf, type ContractId } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import { openMarketLog } from '@/lib/store/open-market-log';

import { checkCheckpoints, digest, type StoreReport } from './store-report';

/** What the log holds of a contract: a digest of all before a moment, every row since. */
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
  /** Rows that the log gave up while it was read. */
  readonly brokenCount: number;
}

/** Runs in a page of the extension, by its own code. */
export async function logRows({ ids, sinceMs }: { ids: readonly ContractId[]; sinceMs: number }): Promise<LogRows[]> {
  let brokenCount = 0;
  const { log, error } = await openMarketLog((_table, _owner, count) => {
    brokenCount += count;
  });
  if (error !== null) throw new Error(error.message);
  const all: LogRows[] = [];
  for (const contractId of ids) {
    brokenCount = 0;
    const bars = await log.readBars(contractId, 0);
    const minutes = await log.readMinutes(contractId, 0);
    const openInterest = await log.readOpenInterest(contractId, 0);
    all.push({
      contractId,
      startMs: (await log.readHistoryStart(contractId)) ?? NaN,
      before: {
        bars: await digest(
          bars.filter(({ openTimeMs }) => openTimeMs < sinceMs).map((bar) => ({ ...bar, takerBuyVolume: 0 })),
        ),
        minutes: await digest(minutes.filter(({ openTimeMs }) => openTimeMs < sinceMs)),
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
