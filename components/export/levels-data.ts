import { binPrice, type Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';

import type { DataSet } from './data-file';
import { liveVenues, sourceWords } from './source-words';

type Row = DataSet['rows'] extends Iterable<infer Each> ? Each : never;

const SIDES = ['long', 'short'] as const;

/** The live map: USD by bin and side, of the venues that count. */
export function levelsData(summary: Pick<Summary, 'contractId' | 'members'>, profile: Profile): DataSet {
  const venues = liveVenues(summary);
  const about = {
    contract: summary.contractId,
    venues,
    source: sourceWords(venues),
    time: new Date(profile.asOfMs).toISOString(),
    markPrice: String(profile.markPrice),
  };
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
