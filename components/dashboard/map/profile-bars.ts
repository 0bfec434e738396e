import type { PositionSide } from '@/lib/market/liquidation';
import { priceBin, type Profile } from '@/lib/market/profile';
import type { CellRows } from '@/lib/model/history';

import { addBins } from './map-columns';

/** What of every row's bar is of one side and one group of leverage. */
export interface BarPart {
  readonly side: PositionSide;
  /** Lowest leverage first; null where the map does not tell them apart. */
  readonly group: number | null;
  /** By row. */
  readonly usd: Float32Array;
}

const SIDES = ['long', 'short'] as const;

/** The parts of a live map's bars in the order in which they are stacked, from the axis outwards. */
export function barParts(profile: Profile, rows: CellRows, rowCount: number): readonly BarPart[] {
  const { firstBin, groups, long } = profile;
  const markBin = Math.max(0, Math.min(long.length, priceBin(profile, profile.markPrice)));
  return SIDES.flatMap((side) => {
    const [start, end] = side === 'long' ? [0, markBin] : [markBin, long.length];
    return (groups ?? [profile[side]]).map((bins, g) => {
      const usd = new Float32Array(rowCount);
      if (groups === undefined) addBins(bins, firstBin, rows, usd);
      else addBins(bins, firstBin, rows, usd, start, end);
      return { side, group: groups === undefined ? null : g, usd };
    });
  });
}
