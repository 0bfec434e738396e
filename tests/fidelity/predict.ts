// Writes the predictions of a recorded set for the judge: predict.ts SET_DIR [OUT.csv] [--map-only]
// Each bar's forced volume from the book as it was before the bar and the bar's own prices; nothing later is read.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { FoldBar } from '@/lib/market/bar';
import type { Profile } from '@/lib/market/profile';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';
import { liquidationFactor } from '@/lib/model/liquidation-price';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';

import { readRecordedSet, readRecordedTiers, type RecordedSet } from './recorded-set';

/** Levels just beyond the extreme count a little: share of a bin's USD, and its decay in ln(price). */
const EDGE_SHARE = 0.001;
const EDGE_DECAY = 0.00035;
const EDGE_REACH = 0.005;
/** Positions opened and liquidated within one bar: multiple of what churn alone would give. */
const SAME_BAR_FACTOR = 4;
const AVERAGE_WEIGHT = 0.02;

export interface Prediction {
  readonly timeMs: number;
  readonly longUsd: number;
  readonly shortUsd: number;
}

export function predictSet(set: RecordedSet, config: BookConfig, isMapOnly: boolean): readonly Prediction[] {
  const book = createPositionBook(config);
  seedPositionBook(book, [], set.initialOpenInterest);
  const predictions: Prediction[] = [];
  let profile: Profile | undefined;
  let lastClose = set.bars[0].open;
  let averageVolume = 0;
  let averageRange = 0;
  for (const bar of set.bars) {
    profile = profileFromBook(book, { markPrice: lastClose, lastPrice: lastClose, asOfMs: bar.openTimeMs }, profile);
    const sameBar =
      isMapOnly || averageRange === 0
        ? { long: 0, short: 0 }
        : sameBarUsd(bar, config, (averageVolume * Math.log(bar.high / bar.low)) / averageRange);
    predictions.push({
      timeMs: bar.openTimeMs,
      longUsd: crossedUsd(profile, profile.long, bar.low, -1) + sameBar.long,
      shortUsd: crossedUsd(profile, profile.short, bar.high, 1) + sameBar.short,
    });
    foldBar(book, bar);
    lastClose = bar.close;
    const weight = averageRange === 0 ? 1 : AVERAGE_WEIGHT;
    averageVolume += weight * (bar.volume - averageVolume);
    averageRange += weight * (Math.log(bar.high / bar.low) - averageRange);
  }
  return predictions;
}

/** USD of the levels from the mark to the extreme, plus the soft edge beyond it. */
function crossedUsd(profile: Profile, usd: Float32Array, extreme: number, direction: 1 | -1): number {
  const { binWidth, firstBin } = profile;
  const extremeBin = Math.floor(Math.log(extreme) / binWidth) - firstBin;
  const markBin = Math.floor(Math.log(profile.markPrice) / binWidth) - firstBin;
  let total = 0;
  for (let i = markBin; direction * (extremeBin - i) >= 0; i += direction) total += usd[i] ?? 0;
  // A bar that never went against the side has no edge on the far side of the mark.
  const edgeStart = direction * (extremeBin - markBin) >= 0 ? extremeBin : markBin;
  for (let j = 1; j * binWidth <= EDGE_REACH; j++) {
    total += EDGE_SHARE * Math.exp((-j * binWidth) / EDGE_DECAY) * (usd[edgeStart + direction * j] ?? 0);
  }
  return total;
}

/** From the bar's worst drawdown (run-up for shorts) along open-low-high-close if it rose, open-high-low-close if it fell. */
function sameBarUsd(bar: FoldBar, config: BookConfig, expectedVolume: number): { long: number; short: number } {
  const { open, high, low, close } = bar;
  const isFall = close < open;
  const drawdown = isFall ? Math.log(high / low) : Math.max(Math.log(open / low), Math.log(high / close));
  const runUp = isFall ? Math.max(Math.log(high / open), Math.log(close / low)) : Math.log(high / low);
  const usd = (SAME_BAR_FACTOR * expectedVolume * config.churn * close) / 4;
  const shareWithin = (side: 'long' | 'short', move: number): number =>
    config.classes.reduce((sum, { leverage, share, maintenanceMarginRate }) => {
      const distance = Math.abs(Math.log(liquidationFactor(side, leverage, maintenanceMarginRate)));
      return distance < move ? sum + share * (1 - distance / move) ** 1.5 : sum;
    }, 0);
  return { long: usd * shareWithin('long', drawdown), short: usd * shareWithin('short', runUp) };
}

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'map-only': { type: 'boolean', default: false } },
  });
  const [dir, out = 'predictions.csv'] = positionals;
  const set = readRecordedSet(path.basename(dir), path.dirname(path.resolve(dir)));
  const config = {
    ...createBookConfig(readRecordedTiers(set.symbol, path.dirname(path.resolve(dir)))),
    barMs: set.barMs,
  };
  const rows = predictSet(set, config, values['map-only']).map((p) => `${p.timeMs},${p.longUsd},${p.shortUsd}`);
  writeFileSync(out, `ts_ms,long_usd,short_usd\n${rows.join('\n')}\n`);
}
