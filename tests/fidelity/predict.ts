import { DAY_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { Profile, SidesUsd } from '@/lib/market/profile';
import type { BookConfig } from '@/lib/model/book-config';
import {
  liquidatedShare,
  NO_OBSERVATION,
  observeShare,
  PRIOR_SHARES,
  PRIOR_WEIGHT,
  type LiquidatedShare,
} from '@/lib/model/liquidated-share';
import { createPositionBook, foldBar, seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import { crossedUsd, nextActivity, NO_ACTIVITY, sameBarUsd } from '@/lib/model/prediction';
import { profileFromBook } from '@/lib/model/profile-from-book';

import type { RecordedSet } from './recorded-set';

/** What was predicted of one bar before it began, given its own path. */
export interface Prediction {
  readonly timeMs: number;
  /** USD at risk read off the frozen map, soft edge included. */
  readonly map: SidesUsd;
  /** USD at risk of positions opened within the bar. */
  readonly sameBar: SidesUsd;
  /** Learned share of both that the feed shows, as known before the bar. */
  readonly share: SidesUsd;
  /** The same reading of the map of 24 h before, and of the map mirrored at the mark. */
  readonly dayOld: SidesUsd;
  readonly mirrored: SidesUsd;
}

/** Sees a bar, the map frozen before it, and the book after it. */
export type Observer = (bar: FoldBar, profile: Profile, book: PositionBook) => void;

/** Walks through a set: before each bar the map is frozen and the share taken, then the path is read, then the bar folded. */
export function predictSet(set: RecordedSet, config: BookConfig, observe?: Observer): readonly Prediction[] {
  const { bars, liquidations } = set;
  const book = createPositionBook(config);
  seedPositionBook(book, [], set.initialOpenInterest);
  const prior = liquidations?.isSampled === false ? PRIOR_SHARES.severalVenues : PRIOR_SHARES.sampled;
  const predictions: Prediction[] = [];
  const dayOfMaps: Profile[] = [];
  let activity = NO_ACTIVITY;
  let learned = NO_OBSERVATION;
  let learnedBins = 0;
  let markPrice = bars[0].open;
  for (const bar of bars) {
    for (let bin = liquidations?.bins[learnedBins]; bin !== undefined && bin.endMs <= bar.openTimeMs;) {
      learned = learnBin(learned, bin, predictions, liquidations?.binMs ?? 0);
      bin = liquidations?.bins[++learnedBins];
    }
    const profile = profileFromBook(book, { markPrice, lastPrice: markPrice, asOfMs: bar.openTimeMs });
    while (dayOfMaps[1]?.asOfMs <= bar.openTimeMs - DAY_MS) dayOfMaps.shift();
    const [oldest] = dayOfMaps;
    const isDayOld = oldest?.asOfMs <= bar.openTimeMs - DAY_MS;
    predictions.push({
      timeMs: bar.openTimeMs,
      map: crossedUsd(profile, bar),
      sameBar: sameBarUsd(bar, activity, config),
      share: liquidatedShare(learned, prior, PRIOR_WEIGHT * book.openInterest * markPrice),
      dayOld: isDayOld ? crossedUsd({ ...oldest, markPrice }, bar) : { long: 0, short: 0 },
      mirrored: mirroredUsd(profile, bar),
    });
    dayOfMaps.push(profile);
    foldBar(book, bar);
    observe?.(bar, profile, book);
    activity = nextActivity(activity, bar);
    markPrice = bar.close;
  }
  return predictions;
}

type Bins = NonNullable<RecordedSet['liquidations']>['bins'];

function learnBin(
  learned: LiquidatedShare,
  { isWhole, observed, firstBar, endBar }: Bins[number],
  predictions: readonly Prediction[],
  binMs: number,
): LiquidatedShare {
  if (!isWhole || observed === null) return learned;
  const atRisk = sumSides(predictions.slice(firstBar, endBar).flatMap(({ map, sameBar }) => [map, sameBar]));
  return observeShare(learned, atRisk, observed, binMs);
}

/** The path turned over at the mark: a fall of 1 % reads the shorts that lie 1 % above. */
function mirroredUsd(profile: Profile, bar: FoldBar): SidesUsd {
  const { markPrice } = profile;
  const { long, short } = crossedUsd(profile, { high: markPrice ** 2 / bar.low, low: markPrice ** 2 / bar.high });
  return { long: short, short: long };
}

const sumSides = (all: readonly SidesUsd[]): SidesUsd =>
  all.reduce((sum, { long, short }) => ({ long: sum.long + long, short: sum.short + short }), { long: 0, short: 0 });

/** Expected liquidations in USD; of the map alone as it is judged, that is with the same-bar term. */
export const expectedUsd = ({ map, sameBar, share }: Prediction, hasSameBar = true): SidesUsd => ({
  long: share.long * (map.long + (hasSameBar ? sameBar.long : 0)),
  short: share.short * (map.short + (hasSameBar ? sameBar.short : 0)),
});
