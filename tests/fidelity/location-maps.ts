import { DAY_MS } from '@/lib/core/time';
import type { Profile } from '@/lib/market/profile';
import type { BookConfig } from '@/lib/model/book-config';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';

import type { LocationWindow } from './location';
import { createVolumeMap, PROFILE_BIN as BIN_WIDTH } from './nulls';
import { createCohorts } from './peers';
import type { RecordedSet } from './recorded-set';

export interface LocationMap {
  readonly id: string;
  readonly label: string;
  /** Mass per crossed cell of each window, as the map stood when the window began. */
  readonly cells: readonly Float64Array[];
}

/** Reads every map as it stood before the first bar of each window. */
export function locationMaps(
  set: RecordedSet,
  windows: readonly LocationWindow[],
  config: BookConfig,
  venueConfig: BookConfig,
): readonly LocationMap[] {
  const ofVenue = readBook(set, windows, venueConfig);
  const ofSet = readBook(set, windows, config);
  return [
    { id: 'venue', label: "ours, brackets of the events' venue", cells: ofVenue.cells },
    { id: 'ours', label: "ours, brackets of the bars' venue", cells: ofSet.cells },
    { id: 'N2', label: 'N2 volume x fixed leverage', cells: readVolumeMap(set, windows) },
    { id: 'P3', label: 'P3 OI-change cohorts', cells: readCohorts(set, windows) },
    { id: 'N3-day-old', label: 'N3 our map of 24 h ago', cells: ofVenue.dayOld },
    { id: 'N3-mirrored', label: 'N3 our map mirrored', cells: ofVenue.mirrored },
  ];
}

const cellsOf = ({ cellCount }: LocationWindow, massOf: (cell: number) => number): Float64Array =>
  Float64Array.from({ length: cellCount }, (_, cell) => massOf(cell));

function readBook(set: RecordedSet, windows: readonly LocationWindow[], config: BookConfig) {
  const book = createPositionBook(config);
  seedPositionBook(book, [], set.initialOpenInterest);
  const cells: Float64Array[] = [];
  const dayOld: Float64Array[] = [];
  const mirrored: Float64Array[] = [];
  const barsPerDay = DAY_MS / set.barMs;
  const past: Profile[] = [];
  const readAt = (profile: Profile, side: 'long' | 'short', bin: number): number =>
    profile[side][bin - profile.firstBin] ?? 0;
  let next = 0;
  set.bars.forEach((bar, i) => {
    const isNeeded = windows.some(({ firstBar }) => firstBar === i || firstBar === i + barsPerDay);
    if (isNeeded) {
      const mark = set.bars[i - 1]?.close ?? bar.open;
      past[i] = profileFromBook(book, { markPrice: mark, lastPrice: mark, asOfMs: bar.openTimeMs });
    }
    for (; windows[next]?.firstBar === i; next++) {
      const window = windows[next];
      const { side, startBin, direction } = window;
      const other = side === 'long' ? 'short' : 'long';
      const old = past[i - barsPerDay];
      cells.push(cellsOf(window, (cell) => readAt(past[i], side, startBin + direction * cell)));
      dayOld.push(cellsOf(window, (cell) => (old ? readAt(old, side, startBin + direction * cell) : 0)));
      mirrored.push(cellsOf(window, (cell) => readAt(past[i], other, startBin - direction * cell)));
    }
    foldBar(book, bar);
  });
  return { cells, dayOld, mirrored };
}

function readVolumeMap({ bars }: RecordedSet, windows: readonly LocationWindow[]): readonly Float64Array[] {
  const map = createVolumeMap(bars[0].open);
  const cells: Float64Array[] = [];
  let next = 0;
  bars.forEach((bar, i) => {
    for (; windows[next]?.firstBar === i; next++) {
      const window = windows[next];
      cells.push(cellsOf(window, (cell) => map.qtyAt(window.side, window.startBin + window.direction * cell)));
    }
    map.fold(bar);
  });
  return cells;
}

function readCohorts(set: RecordedSet, windows: readonly LocationWindow[]): readonly Float64Array[] {
  const cohorts = createCohorts(set.bars.length, set.initialOpenInterest);
  const cells: Float64Array[] = [];
  let next = 0;
  set.bars.forEach((bar, i) => {
    for (; windows[next]?.firstBar === i; next++) {
      const { side, startBin, direction, cellCount } = windows[next];
      const own = new Float64Array(cellCount);
      cohorts.levels.forEach((price, qty, sign) => {
        const cell = direction * (Math.floor(Math.log(price) / BIN_WIDTH) - startBin);
        if (sign > 0 === (side === 'long') && cell >= 0 && cell < cellCount) own[cell] += qty;
      });
      cells.push(own);
    }
    cohorts.fold(bar);
  });
  return cells;
}
