import { DAY_MS } from '@/lib/core/time';
import { largestCluster, nearestCluster } from '@/lib/market/clusters';
import type { Contract } from '@/lib/market/contract';
import { usdBetween } from '@/lib/market/profile';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { ContractSummary, LiquidatedWindow } from '@/lib/market/summary';

import type { LiveMarket } from './live-market';

const DISTANCES = [0.01, 0.02, 0.05, 0.1] as const;

export interface SummaryInput {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly live: LiveMarket;
  readonly liquidated: readonly LiquidatedWindow[];
  readonly dayAgo: { readonly price: number; readonly openInterest: number };
  readonly longShortRatio: number | null;
  readonly historyStartMs: number;
  readonly leverageMix: ContractSummary['leverageMix'];
  readonly riskTiers: RiskTiers;
}

/** What the popup states of a contract, from the same profile the band draws. */
export function summaryFromProfile(input: SummaryInput): ContractSummary {
  const { contract, profile, live, riskTiers, dayAgo } = input;
  const { markPrice, lastPrice, asOfMs } = profile;
  return {
    contractId: contract.id,
    symbol: contract.symbol,
    venueId: contract.venueId,
    priceDigits: decimalDigits(contract.tickSize),
    asOfMs,
    markPrice,
    lastPrice,
    change24h: changeFrom(dayAgo.price, lastPrice),
    openInterestUsd: profile.openInterestUsd,
    openInterestChange24h: changeFrom(dayAgo.openInterest, live.openInterest),
    fundingRate: live.fundingRate,
    fundingIntervalMs: live.fundingIntervalMs,
    nextFundingTimeMs: live.nextFundingTimeMs,
    longShortRatio: input.longShortRatio,
    atRisk: DISTANCES.map((distance) => ({
      distance,
      longUsd: usdBetween(profile, markPrice * (1 - distance), markPrice).long,
      shortUsd: usdBetween(profile, markPrice, markPrice * (1 + distance)).short,
    })),
    nearestLong: nearestCluster(profile, 'long'),
    nearestShort: nearestCluster(profile, 'short'),
    largestLong: largestCluster(profile, 'long'),
    largestShort: largestCluster(profile, 'short'),
    liquidated: input.liquidated,
    unlocatedShare: profile.unlocatedShare,
    historyDays: (asOfMs - input.historyStartMs) / DAY_MS,
    leverageMix: input.leverageMix,
    riskTiers: { source: riskTiers.source, asOfMs: riskTiers.asOfMs },
  };
}

/** Fraction; null where either is not known. */
export const changeFrom = (before: number, now: number): number | null => {
  const change = now / before - 1;
  return Number.isFinite(change) ? change : null;
};

/** 1 for a tick of 0.1, 0 for 1 or more. */
function decimalDigits(tickSize: number): number {
  const digits = Math.ceil(-Math.log10(tickSize) - 1e-9);
  return Math.max(0, Number.isFinite(digits) ? digits : 2);
}
