import type { RealisedLiquidation } from '@/lib/market/realised';

const CAPACITY = 500;
/** Large ones are kept apart, or a thousand small ones would push them out within minutes. */
const FLOORS_USD = [0, 10_000, 100_000, 1_000_000] as const;

/** The newest liquidations of every size. */
export interface NewestLiquidations {
  /** In any order. */
  add(event: RealisedLiquidation): void;
  /** Newest first, each of at least `minUsd`. */
  read(minUsd: number, count: number): RealisedLiquidation[];
}

export function createNewestLiquidations(): NewestLiquidations {
  /** Oldest first. */
  const lists = FLOORS_USD.map((): RealisedLiquidation[] => []);

  const insert = (list: RealisedLiquidation[], event: RealisedLiquidation): void => {
    let at = list.length;
    while (at > 0 && list[at - 1].timeMs > event.timeMs) at -= 1;
    if (at === 0 && list.length === CAPACITY) return;
    if (at === list.length) list.push(event);
    else list.splice(at, 0, event);
    if (list.length > CAPACITY) list.shift();
  };

  return {
    add(event) {
      for (const [i, floorUsd] of FLOORS_USD.entries()) if (event.usd >= floorUsd) insert(lists[i], event);
    },
    read(minUsd, count) {
      const list = lists[FLOORS_USD.findLastIndex((floorUsd) => floorUsd <= minUsd)] ?? lists[0];
      return list
        .filter(({ usd }) => usd >= minUsd)
        .slice(-count)
        .toReversed();
    },
  };
}
