import { digitsOfTick, changeSince, orNull } from '@/lib/core/num';
import { DAY_MS } from '@/lib/core/time';
import { CLUSTER_HALF_WIDTH, largestCluster, nearestCluster } from '@/lib/market/clusters';
import type { Contract } from '@/lib/market/contract';
import { usdBetween } from '@/lib/market/profile';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Cluster, ContractSummary, NamedCluster } from '@/lib/market/summary';
import { usdRangeAround } from '@/lib/market/usd-range';

import type { LiveMarket } from './live-market';
import type { ReadInterval } from './market-interval';

const DISTANCES = [0.01, 0.02, 0.05, 0.1] as const;

export interface SummaryInput {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly live: LiveMarket;
  readonly dayAgo: { readonly price: number; readonly openInterest: number };
  readonly longShortRatio: number | null;
  readonly historyStartMs: number;
  readonly minutesStartMs: number | null;
  readonly leverageMix: ContractSummary['leverageMix'];
  readonly learning: ContractSummary['learning'];
  readonly riskTiers: RiskTiers;
  readonly openBars: ContractSummary['openBars'];
  readonly interval: ReadInterval;
  /** What was named before. */
  readonly before: Pick<ContractSummary, 'nearestLong' | 'nearestShort'> | null;
}

/** What the popup states of a contract, from the same profile the band draws. */
export function summaryFromProfile(input: SummaryInput): ContractSummary {
  const { contract, profile, live, riskTiers, dayAgo, interval, minutesStartMs } = input;
  const { markPrice, lastPrice, asOfMs } = profile;
  const named = (cluster: Cluster | null): NamedCluster | null => {
    if (cluster === null) return null;
    const { positionSide, price, usd } = cluster;
    const width = Math.exp(CLUSTER_HALF_WIDTH);
    return { ...cluster, range: usdRangeAround(usd, interval(positionSide, price / width, price * width)) };
  };
  return {
    contractId: contract.id,
    symbol: contract.symbol,
    venueId: contract.venueId,
    priceDigits: digitsOfTick(contract.tickSize),
    asOfMs,
    markPrice,
    lastPrice,
    change24h: orNull(changeSince(dayAgo.price, lastPrice)),
    openInterestUsd: profile.openInterestUsd,
    openInterestChange24h: orNull(changeSince(dayAgo.openInterest, live.openInterest)),
    fundingRate: live.fundingRate,
    fundingIntervalMs: live.fundingIntervalMs,
    nextFundingTimeMs: live.nextFundingTimeMs,
    longShortRatio: input.longShortRatio,
    atRisk: DISTANCES.map((distance) => {
      const below = markPrice * (1 - distance);
      const above = markPrice * (1 + distance);
      const longUsd = usdBetween(profile, below, markPrice).long;
      const shortUsd = usdBetween(profile, markPrice, above).short;
      return {
        distance,
        longUsd,
        shortUsd,
        longRange: usdRangeAround(longUsd, interval('long', below, markPrice)),
        shortRange: usdRangeAround(shortUsd, interval('short', markPrice, above)),
      };
    }),
    nearestLong: named(nearestCluster(profile, 'long', input.before?.nearestLong ?? null)),
    nearestShort: named(nearestCluster(profile, 'short', input.before?.nearestShort ?? null)),
    largestLong: named(largestCluster(profile, 'long')),
    largestShort: named(largestCluster(profile, 'short')),
    unlocatedShare: profile.unlocatedShare,
    historyDays: (asOfMs - input.historyStartMs) / DAY_MS,
    minutesSinceMs: minutesStartMs !== null && minutesStartMs < asOfMs ? minutesStartMs : null,
    leverageMix: input.leverageMix,
    learning: input.learning,
    openBars: input.openBars,
    riskTiers: { source: riskTiers.source, asOfMs: riskTiers.asOfMs },
  };
}
