import type { Contract, VenueId } from '@/lib/market/contract';
import { marketIdOf } from '@/lib/market/market';
import {
  bothUsd,
  DAY_WINDOW,
  LIQUIDATION_WINDOWS_MS,
  type ByWindow,
  type LiquidatedSums,
  type LiquidationBoard,
} from '@/lib/market/realised';

import type { LiquidationTotals } from './liquidation-totals';

const MOST_ASSETS = 50;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Sums = Mutable<LiquidatedSums>[];

const emptySums = (): Sums =>
  LIQUIDATION_WINDOWS_MS.map(() => ({
    longUsd: 0,
    shortUsd: 0,
    longCorrectedUsd: 0,
    shortCorrectedUsd: 0,
    longCount: 0,
    shortCount: 0,
  }));

function addSums(to: Sums, window: number, sums: LiquidatedSums): void {
  const sum = to[window];
  sum.longUsd += sums.longUsd;
  sum.shortUsd += sums.shortUsd;
  sum.longCorrectedUsd += sums.longCorrectedUsd;
  sum.shortCorrectedUsd += sums.shortCorrectedUsd;
  sum.longCount += sums.longCount;
  sum.shortCount += sums.shortCount;
}

/** Sums by whatever tells contracts apart, made as they are needed. */
function createGroups<Key>() {
  const groups = new Map<Key, Sums>();
  return {
    groups,
    of(key: Key): Sums {
      const known = groups.get(key) ?? emptySums();
      groups.set(key, known);
      return known;
    },
  };
}

/** All windows of some contracts together. */
export function sumContracts(
  keys: Iterable<number>,
  totals: Pick<LiquidationTotals, 'sums'>,
): ByWindow<LiquidatedSums> {
  const sums = emptySums();
  for (const key of keys)
    for (let window = 0; window < sums.length; window++) addSums(sums, window, totals.sums(key, window));
  return sums;
}

/** Contracts' sums put together by venue, asset and class; `contracts[key]` is the contract of a key. */
export function sumLiquidations(
  contracts: readonly Contract[],
  totals: Pick<LiquidationTotals, 'sums'>,
): Pick<LiquidationBoard, 'total' | 'assets' | 'classes'> & {
  readonly venues: ReadonlyMap<VenueId, ByWindow<LiquidatedSums>>;
} {
  const total = emptySums();
  const venues = createGroups<VenueId>();
  const assets = createGroups<string>();
  const classes = createGroups<Contract['assetClass']>();
  const firstOf = new Map<string, Contract>();
  const last = LIQUIDATION_WINDOWS_MS.length - 1;
  for (const [key, contract] of contracts.entries()) {
    // Every window lies within the last, and most contracts have nothing in it.
    if (isNothing(totals.sums(key, last))) continue;
    const marketId = marketIdOf(contract);
    if (!firstOf.has(marketId)) firstOf.set(marketId, contract);
    for (let window = 0; window <= last; window++) {
      const sums = totals.sums(key, window);
      if (isNothing(sums)) continue;
      addSums(total, window, sums);
      addSums(venues.of(contract.venueId), window, sums);
      addSums(assets.of(marketId), window, sums);
      addSums(classes.of(contract.assetClass), window, sums);
    }
  }
  const rank = (sums: Sums) => bothUsd(sums[DAY_WINDOW]);
  return {
    total,
    venues: venues.groups,
    assets: [...assets.groups]
      .sort(([, a], [, b]) => rank(b) - rank(a))
      .slice(0, MOST_ASSETS)
      .flatMap(([marketId, sums]) => {
        const contract = firstOf.get(marketId);
        return contract === undefined
          ? []
          : [{ marketId, baseAsset: contract.baseAsset, assetClass: contract.assetClass, sums }];
      }),
    classes: [...classes.groups].map(([assetClass, sums]) => ({ assetClass, sums })),
  };
}

const isNothing = ({ longUsd, shortUsd }: LiquidatedSums): boolean => longUsd === 0 && shortUsd === 0;
