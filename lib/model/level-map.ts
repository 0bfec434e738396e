import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile, SidesUsd } from '@/lib/market/profile';

/** Levels beyond this distance from the mark in ln(price), about 10 %, are not compared. */
export const MAP_REACH = 0.1;
const BIN_WIDTH = 0.0005;
const BIN_COUNT = Math.round(MAP_REACH / BIN_WIDTH);

/** A liquidation level of one side. */
export interface Level {
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly usd: number;
}

/** USD by distance from the mark, in bins of 0.05 %, nearest first. */
export interface LevelMap {
  readonly long: Float64Array;
  readonly short: Float64Array;
}

const createLevelMap = (): LevelMap => ({ long: new Float64Array(BIN_COUNT), short: new Float64Array(BIN_COUNT) });

/** Levels on the wrong side of the mark are dead and left out. */
export function mapFromLevels(levels: Iterable<Level>, markPrice: number): LevelMap {
  const map = createLevelMap();
  for (const { positionSide, price, usd } of levels) {
    const move = Math.log(price / markPrice);
    const bin = Math.floor((positionSide === 'long' ? -move : move) / BIN_WIDTH);
    if (bin >= 0 && bin < BIN_COUNT) map[positionSide][bin] += usd;
  }
  return map;
}

/**
 * A profile's dollars by distance from its mark, each bin taken at its middle; those beyond `MAP_REACH` are left out.
 */
export function mapFromProfile(profile: Profile): LevelMap {
  const map = createLevelMap();
  const { binWidth, firstBin, markPrice } = profile;
  const mark = Math.log(markPrice);
  for (let i = 0; i < profile.long.length; i++) {
    const move = (firstBin + i + 0.5) * binWidth - mark;
    const bin = Math.floor(Math.abs(move) / BIN_WIDTH);
    if (bin < BIN_COUNT) map[move < 0 ? 'long' : 'short'][bin] += move < 0 ? profile.long[i] : profile.short[i];
  }
  return map;
}

/** Every bin of a side times the side's factor. */
export const scaleMap = (map: LevelMap, factor: SidesUsd): LevelMap => ({
  long: map.long.map((usd) => usd * factor.long),
  short: map.short.map((usd) => usd * factor.short),
});

/** As many dollars a side, spread evenly: what a map would say that knows no levels. */
export const evenMap = ({ long, short }: LevelMap): LevelMap => ({
  long: new Float64Array(BIN_COUNT).fill(sumOf(long) / BIN_COUNT),
  short: new Float64Array(BIN_COUNT).fill(sumOf(short) / BIN_COUNT),
});

const sumOf = (usd: Float64Array): number => usd.reduce((total, value) => total + value, 0);

/** USD from the mark out to each bin's far edge, longs then shorts. */
function cumulate({ long, short }: LevelMap): Float64Array {
  const sums = new Float64Array(2 * BIN_COUNT);
  let longSum = 0;
  let shortSum = 0;
  for (let i = 0; i < BIN_COUNT; i++) {
    sums[i] = longSum += long[i];
    sums[BIN_COUNT + i] = shortSum += short[i];
  }
  return sums;
}

/** 1 - squared error / variance of the true cumulative USD, both sides' curves together. */
export function cumulativeR2(map: LevelMap, truth: LevelMap): number {
  const estimated = cumulate(map);
  const actual = cumulate(truth);
  const mean = actual.reduce((sum, usd) => sum + usd, 0) / actual.length;
  let error = 0;
  let variance = 0;
  for (let i = 0; i < actual.length; i++) {
    error += (estimated[i] - actual[i]) ** 2;
    variance += (actual[i] - mean) ** 2;
  }
  return 1 - error / variance;
}

/** The factor that brings a map nearest to the truth's cumulative USD, for maps that do not state dollars. */
export function bestScale(map: LevelMap, truth: LevelMap): number {
  const estimated = cumulate(map);
  const actual = cumulate(truth);
  let product = 0;
  let square = 0;
  for (let i = 0; i < actual.length; i++) {
    product += estimated[i] * actual[i];
    square += estimated[i] ** 2;
  }
  return square > 0 ? product / square : 0;
}

/** Mean distance in ln(price) by which a side's USD must be moved to lie as in truth, both brought to one sum; sides averaged. */
export function earthMoversDistance(map: LevelMap, truth: LevelMap): number {
  const ofSide = (side: PositionSide): number => {
    const [estimatedSum, actualSum] = [sumOf(map[side]), sumOf(truth[side])];
    if (estimatedSum === 0 || actualSum === 0) return MAP_REACH;
    let difference = 0;
    let distance = 0;
    for (let i = 0; i < BIN_COUNT; i++) {
      difference += map[side][i] / estimatedSum - truth[side][i] / actualSum;
      distance += Math.abs(difference) * BIN_WIDTH;
    }
    return distance;
  };
  return (ofSide('long') + ofSide('short')) / 2;
}
