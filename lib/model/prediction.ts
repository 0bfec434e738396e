import type { Bar } from '@/lib/market/bar';
import { usdOf } from '@/lib/market/contract';
import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile, SidesUsd, UsdBins } from '@/lib/market/profile';

import type { BookConfig } from './book-config';
import { priceToBin } from './grid';
import { liquidationDistance } from './inverse-liquidation';

/** The path of price through one bar, as far as four prices tell: marks where known, trades otherwise. */
export type PricePath = Pick<Bar, 'open' | 'high' | 'low' | 'close'>;

/** Averages over bars that have ended, from which the next bar's own volume is guessed. */
export interface Activity {
  /** Contract units a bar. */
  readonly volume: number;
  /** ln(high / low) of a bar. */
  readonly range: number;
  /** Sum of the weights so far, below 1; the averages are free of a starting value. */
  readonly weight: number;
}

export const NO_ACTIVITY: Activity = { volume: 0, range: 0, weight: 0 };

/** Weight of the newest bar. */
const ACTIVITY_WEIGHT = 0.02;

/**
 * Soft edge: share of a level's USD that counts although the extreme stopped short of it, by distance in ln(price). The first
 * term is a level's own blur (funding, added margin, tiers), the second other venues' prices and marks apart from trades.
 */
const SOFT_EDGE = [
  { share: 1e-3, decay: 0.00035 },
  { share: 1.5e-6, decay: 0.0025 },
] as const;
const SOFT_EDGE_REACH = 0.01;

/** Positions opened and liquidated within one bar, as a multiple of what the book's churn alone leaves. */
const SAME_BAR_FACTOR = 5;
/** How the share of them that is reached rises with the path's length beyond a class's distance. */
const SAME_BAR_POWER = 1.5;
/** Weight of exp(-distance / D): some lose more than the four prices show, by fees, other venues' wicks or thinner margin. */
const SAME_BAR_TAIL = 1e-3;

/** Averages once this bar has ended; a missing volume leaves them as they were. */
export function nextActivity(activity: Activity, bar: Pick<Bar, 'high' | 'low' | 'volume'>): Activity {
  if (!(bar.volume >= 0)) return activity;
  const weight = activity.weight + ACTIVITY_WEIGHT * (1 - activity.weight);
  const part = ACTIVITY_WEIGHT / weight;
  return {
    volume: activity.volume + part * (bar.volume - activity.volume),
    range: activity.range + part * (Math.log(bar.high / bar.low) - activity.range),
    weight,
  };
}

/**
 * USD at risk that a path puts to the test, read off a map drawn before it: all levels from the map's mark to the path's
 * extremes, plus the soft edge beyond them. Times the share that is really liquidated it predicts forced volume.
 */
export const crossedUsd = (profile: Profile, path: Pick<PricePath, 'high' | 'low'>): SidesUsd => ({
  long: crossedOfSide(profile, profile.long, path.low, -1),
  short: crossedOfSide(profile, profile.short, path.high, 1),
});

function crossedOfSide(profile: Profile, usd: UsdBins, extreme: number, direction: 1 | -1): number {
  const { binWidth, firstBin } = profile;
  const extremeBin = priceToBin(extreme, binWidth) - firstBin;
  const markBin = priceToBin(profile.markPrice, binWidth) - firstBin;
  let total = 0;
  for (let i = markBin; direction * (extremeBin - i) >= 0; i += direction) total += usd[i] ?? 0;
  // A path that never went against the side leaves its edge at the mark.
  const edge = direction * (extremeBin - markBin) >= 0 ? extremeBin : markBin;
  for (let j = 1; j * binWidth <= SOFT_EDGE_REACH; j++) {
    const level = usd[edge + direction * j] ?? 0;
    for (const { share, decay } of SOFT_EDGE) total += level * share * Math.exp((-j * binWidth) / decay);
  }
  return total;
}

/**
 * USD at risk that no map drawn before the bar can hold: positions opened in it, whose class lies nearer than the path's worst
 * drawdown D (run-up for shorts), on the way open-high-low-close if it fell, open-low-high-close if it rose:
 * factor x expected volume x churn / 4 x close (inverse: no price) x sum of share ((1 - distance / D)^power + tail exp(-distance / D)). The
 * expected volume is the average one scaled by range, so the bar's own volume is not read.
 */
export function sameBarUsd(path: PricePath, activity: Activity, config: BookConfig): SidesUsd {
  if (!(activity.range > 0)) return { long: 0, short: 0 };
  const { open, high, low, close } = path;
  const range = Math.log(high / low);
  const isFall = close < open;
  const drawdown = isFall ? range : Math.max(Math.log(open / low), Math.log(high / close));
  const runUp = isFall ? Math.max(Math.log(high / open), Math.log(close / low)) : range;
  const volume = (activity.volume * range) / activity.range;
  const usd = usdOf(config, SAME_BAR_FACTOR * volume * config.churn, close) / 4;
  return { long: usd * shareWithin(config, 'long', drawdown), short: usd * shareWithin(config, 'short', runUp) };
}

function shareWithin({ settlement, classes }: BookConfig, positionSide: PositionSide, move: number): number {
  return classes.reduce((sum, each) => {
    const distance = liquidationDistance(settlement, positionSide, each);
    const reached = distance < move ? (1 - distance / move) ** SAME_BAR_POWER : 0;
    return sum + each.share * (reached + SAME_BAR_TAIL * Math.exp(-distance / move));
  }, 0);
}
