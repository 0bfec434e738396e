import type { Bar } from '@/lib/market/bar';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { SidesUsd } from '@/lib/market/profile';
import type { BarScore } from '@/lib/market/score';

import type { BookConfig } from './book-config';
import {
  liquidatedShare,
  NO_OBSERVATION,
  observeShare,
  PRIOR_SHARES,
  PRIOR_WEIGHT,
  type LiquidatedShare,
} from './liquidated-share';
import { sameBarUsd, type Activity, type PricePath } from './prediction';
import { samplingFactors, type FeedSampling } from './sampled-feed';

/** The path of the mark through a bar, from where it stood before; trade prices where marks are missing. */
export const markPath = (markBefore: number, bar: Bar): PricePath => ({
  open: markBefore,
  high: Math.max(markBefore, bar.markHigh || bar.high),
  low: Math.min(markBefore, bar.markLow || bar.low),
  close: bar.markClose || bar.close,
});

/** What was frozen before a bar began, and what the bar then brought. */
export interface FrozenBar {
  readonly bar: Bar;
  readonly path: PricePath;
  /** USD of levels that the path crossed, off the map before the bar (`crossedUsd`). */
  readonly crossed: SidesUsd;
  /** One side, USD at the mark before. */
  readonly openInterestUsd: number;
  readonly liquidations: readonly Liquidation[];
}

/** Scores a bar that was recorded throughout. `activity` and `known` hold only what had ended before. */
export function scoreBar(
  frozen: FrozenBar,
  { contract, config, sampling }: { contract: Contract; config: BookConfig; sampling: FeedSampling },
  activity: Activity,
  known: LiquidatedShare,
): BarScore {
  const { bar, path, crossed, openInterestUsd, liquidations } = frozen;
  const sameBar = sameBarUsd(path, activity, config);
  const atRisk = { long: crossed.long + sameBar.long, short: crossed.short + sameBar.short };
  const share = shareOf(known, sampling, openInterestUsd);
  const factorOf = samplingFactors(liquidations, sampling, config.barMs);
  const observed = { long: 0, short: 0 };
  for (const each of liquidations) {
    observed[each.positionSide] += factorOf(each) * usdOf(contract, each.qty, each.bankruptcyPrice);
  }
  return {
    openTimeMs: bar.openTimeMs,
    atRisk,
    expected: { long: share.long * atRisk.long, short: share.short * atRisk.short },
    observed,
    move: { long: Math.log(path.open / path.low), short: Math.log(path.high / path.open) },
  };
}

/** What earlier bars, oldest first, say about the share of crossed USD at risk that is liquidated. */
export function knownShareFromScores(scores: readonly BarScore[]): LiquidatedShare {
  let known = NO_OBSERVATION;
  let atMs = scores[0]?.openTimeMs ?? 0;
  for (const { openTimeMs, atRisk, observed } of scores) {
    known = observeShare(known, atRisk, observed, openTimeMs - atMs);
    atMs = openTimeMs;
  }
  return known;
}

/** The share to expect per side: what is known so far, with the prior that suits the feed. */
export const shareOf = (known: LiquidatedShare, sampling: FeedSampling, openInterestUsd: number): SidesUsd =>
  liquidatedShare(
    known,
    sampling === 'complete' ? PRIOR_SHARES.severalVenues : PRIOR_SHARES.sampled,
    PRIOR_WEIGHT * openInterestUsd,
  );
