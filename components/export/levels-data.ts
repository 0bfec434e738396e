import { binPrice, type Profile } from '@/lib/market/profile';

import type { DataSet } from './data-file';

type Row = DataSet['rows'] extends Iterable<infer Each> ? Each : never;

const SIDES = ['long', 'short'] as const;

/** The live map: USD by bin and side. `market` says what it is of. */
export function levelsData(market: DataSet['about'], profile: Profile): DataSet {
  const time = new Date(profile.asOfMs).toISOString();
  const about = { ...market, time, markPrice: String(profile.markPrice) };
  return { name: 'levels', about, fields: ['side', 'fromPrice', 'toPrice', 'usd'], rows: levelRows(profile) };
}

/** A row for each bin of a side that holds anything. */
export function* levelRows(profile: Profile): Generator<Row> {
  for (const side of SIDES) {
    for (let bin = 0; bin < profile[side].length; bin++) {
      const usd = profile[side][bin];
      if (usd > 0) yield [side, priceOf(profile, bin), priceOf(profile, bin + 1), usd];
    }
  }
}

/** Finer than any tick. */
const priceOf = (profile: Profile, bin: number): number => Number(binPrice(profile, bin).toPrecision(9));
