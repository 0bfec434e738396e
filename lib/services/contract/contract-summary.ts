import type { Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import type { ContractSummary } from '@/lib/market/summary';

import type { ContractFold } from './contract-fold';
import type { ContractMap } from './contract-map';
import type { HistoryCollector } from './history-collector';
import { learningSummary } from './learning-summary';
import type { LiveMarket } from './live-market';
import type { ReadInterval } from './market-interval';
import type { PolledFigures } from './polled-figures';
import { summaryFromProfile } from './summary-from-profile';

/** The contract's own figures and those of a map in its prices with its intervals; null while there are none. */
export type TellSummary = (shown: Profile, interval: ReadInterval) => ContractSummary | null;

export interface ContractSummaryOptions {
  readonly contract: Contract;
  readonly fold: ContractFold;
  readonly map: ContractMap;
  readonly live: LiveMarket;
  readonly figures: PolledFigures;
  readonly history: HistoryCollector;
  readonly openBars: () => readonly Bar[];
  /** Scores came that are not in what was told. */
  readonly onScores: () => void;
  readonly onError: (cause: unknown) => void;
}

/** Tells one contract's figures again and again, so that what was named before stays named while it is as near as another. */
export function createContractSummary(options: ContractSummaryOptions): TellSummary {
  const { contract, fold, map, live, figures, history } = options;
  let told: ContractSummary | null = null;

  return (shown, interval) => {
    const { estimator, tiers, scoreboard } = fold;
    if (estimator === null || tiers === null || scoreboard === null) return null;
    scoreboard.sumUp().then((isNew) => isNew && options.onScores(), options.onError);
    told = summaryFromProfile({
      contract,
      profile: shown,
      live,
      dayAgo: figures.dayAgo,
      longShortRatio: figures.longShortRatio,
      historyStartMs: history.historyStartMs,
      minutesStartMs: history.minutesStartMs,
      leverageMix: estimator.leverageMix,
      learning: learningSummary(estimator, scoreboard, map.last ?? shown),
      riskTiers: tiers,
      openBars: options.openBars(),
      interval,
      before: told,
    });
    return told;
  };
}
