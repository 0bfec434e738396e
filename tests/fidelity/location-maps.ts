import { DAY_MS } from '@/lib/core/time';
import type { Profile } from '@/lib/market/profile';
import type { BookConfig } from '@/lib/model/book-config';
import { levelQty } from '@/lib/model/book-side';
import { mirrorBin } from '@/lib/model/grid';
import { createPositionBook, foldBar, seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';

import type { LocationWindow } from './location-windows';
import { withConstantFlow } from './models';
import { createVolumeMap, PROFILE_BIN as BIN_WIDTH } from './nulls';
import { createCohorts } from './peers';
import type { RecordedSet } from './recorded-set';

export interface LocationMap {
  readonly id: string;
  readonly label: string;
  /**
   * Mass per crossed cell of each window, as the map stood when the window began, in layers that `shares` weigh: one, or one
   * for each class of leverage.
   */
  readonly layers: readonly (readonly Float64Array[])[];
  readonly shares: readonly number[];
  /** The shares are only the start: those in force are learned from events, never from the ones that are scored. */
  readonly isLearned: boolean;
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
  const classes = config.classes.map(({ share }) => share);
  const plain = (id: string, label: string, cells: readonly Float64Array[]): LocationMap => ({
    id,
    label,
    layers: cells.map((each) => [each]),
    shares: [1],
    isLearned: false,
  });
  return [
    {
      id: 'learned',
      label: 'ours, mix learned from other days',
      layers: ofSet.layers,
      shares: classes,
      isLearned: true,
    },
    plain('venue', "ours, brackets of the events' venue", ofVenue.cells),
    plain('ours', "ours, brackets of the bars' venue", ofSet.cells),
    plain(
      'constant-flow',
      "ours, events' venue, OI and volume constant",
      readBook(withConstantFlow(set), windows, venueConfig).cells,
    ),
    plain('N2', 'N2 volume x fixed leverage', readVolumeMap(set, windows)),
    plain('P3', 'P3 OI-change cohorts', readCohorts(set, windows)),
    plain('N3-day-old', 'N3 our map of 24 h ago', ofVenue.dayOld),
    plain('N3-mirrored', 'N3 our map mirrored', ofVenue.mirrored),
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
  const layers: (readonly Float64Array[])[] = [];
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
      layers.push(
        config.classes.map((_, k) => cellsOf(window, (cell) => openedAt(book, side, k, startBin + direction * cell))),
      );
      dayOld.push(cellsOf(window, (cell) => (old ? readAt(old, side, startBin + direction * cell) : 0)));
      mirrored.push(cellsOf(window, (cell) => readAt(past[i], other, startBin - direction * cell)));
    }
    foldBar(book, bar);
  });
  return { cells, dayOld, mirrored, layers };
}

/** Quantity of a class in a bin of ln(price) / its share: what all of it would be, had everybody taken that leverage. */
function openedAt({ config, ...sides }: PositionBook, positionSide: 'long' | 'short', k: number, bin: number): number {
  const ownBin = positionSide === 'long' ? bin : mirrorBin(bin);
  return levelQty(sides[positionSide], k, ownBin) / config.classes[k].share;
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
