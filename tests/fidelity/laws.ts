import { isDeepStrictEqual } from 'node:util';

import type { FoldBar } from '@/lib/market/bar';
import type { BookConfig } from '@/lib/model/book-config';
import { levelBins, levelQty, sideQty, type BookSide } from '@/lib/model/book-side';
import { mirrorBin, priceToBin } from '@/lib/model/grid';
import { columnFromProfile, type HistoryColumn } from '@/lib/model/history';

import { predictSet, type Observer } from './predict';
import type { RecordedSet } from './recorded-set';

/** What must hold on every set, whatever the scores. */
export interface Laws {
  /** Largest |sum of a side / open interest - 1|. */
  readonly conservation: number;
  /** Largest share of open interest on levels that the closing mark lies beyond. */
  readonly zombieShare: number;
  /** As-of columns compared, and of those the ones that came out otherwise when recomputed with all bars at hand. */
  readonly columns: number;
  readonly changedColumns: number;
}

/** Every cell is visited, and a column kept, this often; the books' sums are checked after every bar. */
const EVERY = 97;

/** Watches one walk through a set; `finish` walks again and compares. */
export function watchLaws(set: RecordedSet, config: BookConfig): { observe: Observer; finish(): Laws } {
  let conservation = 0;
  let zombieShare = 0;
  let seen = 0;
  const kept = new Map<number, HistoryColumn>();
  const observe: Observer = (bar, profile, book) => {
    const { openInterest } = book;
    for (const side of [book.long, book.short]) {
      conservation = Math.max(conservation, Math.abs(sideQty(side) / openInterest - 1));
    }
    if (seen++ % EVERY > 0) return;
    kept.set(bar.openTimeMs, columnFromProfile(profile));
    zombieShare = Math.max(zombieShare, beyondMark(book.long, bar, config) / openInterest);
    zombieShare = Math.max(zombieShare, beyondMark(book.short, bar, config) / openInterest);
  };
  const finish = (): Laws => {
    let changedColumns = 0;
    predictSet(set, config, ({ openTimeMs }, profile) => {
      const column = kept.get(openTimeMs);
      if (column && !isDeepStrictEqual(column, columnFromProfile(profile))) changedColumns++;
    });
    return { conservation, zombieShare, columns: kept.size, changedColumns };
  };
  return { observe, finish };
}

/** Base units on levels nearer to the price than the closing mark allows. */
function beyondMark(side: BookSide, bar: FoldBar, { binWidth }: BookConfig): number {
  const markBin = priceToBin(bar.markClose > 0 ? bar.markClose : bar.close, binWidth);
  const ownMarkBin = side.positionSide === 'long' ? markBin : mirrorBin(markBin);
  let qty = 0;
  for (let k = 0; k < side.bases.length; k++) {
    const { end } = levelBins(side, k);
    for (let bin = ownMarkBin + 1; bin < end; bin++) qty += levelQty(side, k, bin);
  }
  return qty;
}
