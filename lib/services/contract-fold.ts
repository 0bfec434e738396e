import type { Contract } from '@/lib/market/contract';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { MarketLog } from '@/lib/store/market-log';
import type { Venue } from '@/lib/venues/venue';

import type { ServiceEnvironment } from './environment';
import { createEstimator, type Estimator } from './estimator';
import type { HistoryCollector } from './history-collector';

/** Between two slices of work that nobody waits for. */
const PAUSE_MS = 20;

/** One contract's estimator through its life: opened with the tiers that hold, opened anew when they change, fed as the log grows. */
export interface ContractFold {
  /** Null before tiers are known. */
  readonly estimator: Estimator | null;
  readonly tiers: RiskTiers | null;
  /** From what is stored; the history must be open. */
  open(): Promise<void>;
  /** Asks the venue for its tiers, and folds anew where they changed. */
  refreshTiers(): Promise<void>;
  /** Folds what the log holds by now; one fold at a time, in order. */
  advance(): void;
  /** Makes the columns that a long fold went over; nobody waits for them, so they must not hold up the next bar. */
  fillColumns(): void;
}

export interface ContractFoldOptions {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly log: MarketLog;
  readonly history: Pick<HistoryCollector, 'historyStartMs' | 'settledThroughMs'>;
  readonly environment: ServiceEnvironment;
  readonly signal: AbortSignal;
  /** After each fold. */
  readonly onFold: (hasFolded: boolean) => Promise<void> | void;
  readonly onError: (what: string, cause: unknown) => void;
}

export function createContractFold(options: ContractFoldOptions): ContractFold {
  const { venue, contract, log, history, environment, signal } = options;
  let estimator: Estimator | null = null;
  let tiers: RiskTiers | null = null;
  let advancing: Promise<void> = Promise.resolve();
  let filling: Promise<void> | null = null;

  const pause = () => new Promise<void>((resolve) => void environment.setTimer(resolve, PAUSE_MS));

  const advance = (): void => {
    advancing = advancing
      .then(async () => {
        if (estimator === null || signal.aborted) return;
        await options.onFold(await estimator.advance(history.settledThroughMs));
      })
      .catch((cause: unknown) => options.onError('fold', cause));
  };

  const openEstimator = async (known: RiskTiers): Promise<void> => {
    tiers = known;
    estimator = await createEstimator(contract, known, history.historyStartMs, log);
    advance();
  };

  return {
    async open() {
      const known = tiers ?? (await log.readRiskTiers(contract.id));
      if (known !== null) await openEstimator(known);
    },
    async refreshTiers() {
      const fetched = await venue.fetchRiskTiers(contract.symbol, signal);
      if (signal.aborted || (fetched.source === 'bundled' && tiers !== null)) return;
      const isSame = tiers !== null && JSON.stringify(tiers.tiers) === JSON.stringify(fetched.tiers);
      tiers = fetched;
      await log.writeRiskTiers(contract.id, fetched);
      if (!isSame) await openEstimator(fetched);
    },
    advance,
    fillColumns() {
      filling ??= Promise.resolve(estimator?.fillColumns(pause, signal))
        .catch((cause: unknown) => options.onError('columns', cause))
        .finally(() => {
          filling = null;
        });
    },
    get estimator() {
      return estimator;
    },
    get tiers() {
      return tiers;
    },
  };
}
