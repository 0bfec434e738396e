import type { ContractId } from '@/lib/market/contract';
import type { MarketLog } from '@/lib/store/log/market-log';
import { RETENTION } from '@/lib/store/log/prune';
import { storeErrorFrom } from '@/lib/store/log/store-error';
import { storageEstimate } from '@/lib/store/storage-estimate';
import { MEGABYTE } from '@/lib/store/storage-limits';

import type { HubSettings } from './hub-settings';

export interface StoreKeeperOptions {
  readonly openLog: Promise<MarketLog>;
  /** Why the log is in memory only; null where it is on disk. */
  readonly storeProblem: Promise<string | null>;
  /** Once they are read from the store. */
  readonly limits: () => Promise<Pick<HubSettings, 'keptContracts' | 'storedMegabytes'>>;
  /** What is still on its way into the store. */
  readonly settle: () => Promise<void>;
  /** The time by which rows are old; null while no venue told it. */
  readonly marketTold: () => number | null;
  readonly watched: () => ReadonlySet<ContractId>;
  readonly onProblem: (problem: string | null) => void;
}

/** How the store fares, and that it does not grow beyond its limits. */
export interface StoreKeeper {
  /** Why new rows are kept in memory only; null where they are on disk. */
  readonly problem: string | null;
  readonly tellProblem: (problem: string | null) => void;
  /** Something failed that may be the store. */
  readonly failed: (cause: unknown) => void;
  /** Removes what is too old or too much. */
  prune(): Promise<void>;
}

export function createStoreKeeper(options: StoreKeeperOptions): StoreKeeper {
  let problem: string | null = null;
  const tellProblem = (text: string | null): void => {
    if (text === problem) return;
    problem = text;
    options.onProblem(problem);
  };
  void options.storeProblem.then(tellProblem);

  return {
    get problem() {
      return problem;
    },
    tellProblem,
    failed(cause) {
      // Anything else is a fault of ours and in the log; the store's own failures have names.
      if (cause instanceof DOMException) tellProblem(storeErrorFrom(cause).message);
    },
    async prune() {
      const [log, { keptContracts, storedMegabytes }] = await Promise.all([options.openLog, options.limits()]);
      await options.settle();
      const usedBytes = (await storageEstimate())?.usageBytes;
      const retention = { ...RETENTION, maxContracts: keptContracts, maxBytes: storedMegabytes * MEGABYTE };
      await log.prune(options.marketTold(), options.watched(), retention, usedBytes);
    },
  };
}
