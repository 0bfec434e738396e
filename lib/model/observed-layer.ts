import type { ObservedPosition } from '@/lib/market/account-position';
import { usdOf, type Contract } from '@/lib/market/contract';
import { knownShare, type MapCheck, type ObservedLayer, type ObservedLevels } from '@/lib/market/observed';
import type { Profile } from '@/lib/market/profile';

import type { BookConfig } from './book-config';
import {
  cumulativeR2,
  earthMoversDistance,
  evenMap,
  mapFromLevels,
  mapFromProfile,
  scaleMap,
  type Level,
} from './level-map';
import { ENOUGH_ACCOUNTS, ENOUGH_SHARE, observedShares } from './observed-mix';

/** Half as fine as the map: a level that others' positions move is not known to 0.025 %. */
const BIN_WIDTH = 0.0005;
/** As far as the map reaches, below and above the mark in ln(price). */
const REACH = [Math.log(0.6), Math.log(1.6)] as const;

/** What is known of a contract beside the estimated map of it, in the map's own prices; null where nothing is. */
export function observedLayer(
  contract: Contract,
  positions: readonly ObservedPosition[],
  profile: Profile,
  stated: BookConfig,
): ObservedLayer | null {
  if (positions.length === 0 || !(profile.openInterestUsd > 0)) return null;
  const { markPrice, asOfMs } = profile;
  const heldUsd = (isIncluded: (position: ObservedPosition) => boolean) =>
    positions.filter(isIncluded).reduce((sum, { qty }) => sum + usdOf(contract, qty, markPrice), 0);
  const longUsd = heldUsd(({ positionSide }) => positionSide === 'long');
  const shortUsd = heldUsd(({ positionSide }) => positionSide === 'short');
  const levels = levelsOf(contract, positions, markPrice);
  const longShare = longUsd / profile.openInterestUsd;
  const shortShare = shortUsd / profile.openInterestUsd;
  const ages = positions.map(({ observedMs }) => asOfMs - observedMs).sort((a, b) => a - b);
  const known = observedShares(positions, stated);
  const isEnough = positions.length >= ENOUGH_ACCOUNTS && knownShare({ longShare, shortShare }) >= ENOUGH_SHARE;
  return {
    contractId: contract.id,
    symbol: contract.symbol,
    accounts: positions.length,
    longShare,
    shortShare,
    crossShare: heldUsd(({ isCross }) => isCross) / (longUsd + shortUsd),
    medianAgeMs: Math.max(0, ages[ages.length >> 1]),
    levels: binLevels(levels, markPrice),
    classes: stated.classes.map(({ leverage, share }, k) => ({ leverage, known: known[k], stated: share })),
    check: isEnough ? checkMap(profile, levels, longShare, shortShare) : null,
  };
}

/** Those that this mark has crossed are gone, whatever the account will say when it is asked again. */
function levelsOf(contract: Contract, positions: readonly ObservedPosition[], markPrice: number): Level[] {
  return positions.flatMap(({ positionSide, qty, liquidationPrice: price }) => {
    if (price === null || (positionSide === 'long' ? price >= markPrice : price <= markPrice)) return [];
    return [{ positionSide, price, usd: usdOf(contract, qty, price) }];
  });
}

function binLevels(levels: readonly Level[], markPrice: number): ObservedLevels {
  const bins = new Map<number, { long: number; short: number }>();
  const markBin = Math.floor(Math.log(markPrice) / BIN_WIDTH);
  for (const { positionSide, price, usd } of levels) {
    const distance = Math.log(price / markPrice);
    if (distance < REACH[0] || distance > REACH[1]) continue;
    const offset = Math.floor(Math.log(price) / BIN_WIDTH) - markBin;
    const bin = bins.get(offset) ?? { long: 0, short: 0 };
    bin[positionSide] += usd;
    bins.set(offset, bin);
  }
  const sorted = [...bins].sort(([a], [b]) => a - b);
  return {
    binWidth: BIN_WIDTH,
    offsets: sorted.map(([offset]) => offset),
    long: sorted.map(([, { long }]) => long),
    short: sorted.map(([, { short }]) => short),
  };
}

/** Scaled by what is known, the estimate speaks of the same positions; each side by its own share. */
function checkMap(profile: Profile, levels: readonly Level[], longShare: number, shortShare: number): MapCheck | null {
  const truth = mapFromLevels(levels, profile.markPrice);
  const isEmpty = (usd: Float64Array) => usd.every((each) => each === 0);
  if (isEmpty(truth.long) || isEmpty(truth.short)) return null;
  const estimate = scaleMap(mapFromProfile(profile), { long: longShare, short: shortShare });
  const even = evenMap(estimate);
  return {
    distance: earthMoversDistance(estimate, truth),
    r2: cumulativeR2(estimate, truth),
    evenDistance: earthMoversDistance(even, truth),
    evenR2: cumulativeR2(even, truth),
  };
}
