// The maps of N2 and P2 to P5 at a moment: their levels as a list, in the model's own units.
import { HOUR_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import { MAP_REACH, type Level } from '@/lib/model/level-map';

import { createVolumeMap, PROFILE_BIN } from './nulls';
import { createCohorts } from './peers';

/** Levels after all of these bars. */
export type PeerLevels = (bars: readonly FoldBar[], initialOpenInterest: number) => readonly Level[];

const MAINTENANCE = 0.004;

/** Both sides' levels at fixed distances from a price. */
const ladder = (price: number, distances: readonly number[], usdOf: (rung: number) => number): readonly Level[] =>
  distances.flatMap((distance, rung) => [
    { positionSide: 'long', price: price * (1 - distance), usd: usdOf(rung) },
    { positionSide: 'short', price: price * (1 + distance), usd: usdOf(rung) },
  ]);

const volumeProfile: PeerLevels = (bars) => {
  const map = createVolumeMap(bars[0].open);
  for (const bar of bars) map.fold(bar);
  const mark = Math.floor(Math.log(bars[bars.length - 1].close) / PROFILE_BIN);
  const reach = Math.ceil(MAP_REACH / PROFILE_BIN);
  return Array.from({ length: 2 * reach }, (_, i) => {
    const positionSide = i < reach ? 'long' : 'short';
    const price = Math.exp((mark - reach + i + 0.5) * PROFILE_BIN);
    return { positionSide, price, usd: price * map.qtyAt(positionSide, mark - reach + i) };
  });
};

const barLadder: PeerLevels = (bars) => {
  const offsets = [5, 20, 100].map((leverage) => 1 / leverage + 0.005 + 0.01 / leverage);
  const levels: Level[] = [];
  // Backwards, as a level lives if no later bar reached it.
  let lowest = Infinity;
  let highest = 0;
  for (const { low, high } of bars.toReversed()) {
    for (const offset of offsets) {
      const below = low * (1 - offset);
      const above = high * (1 + offset);
      if (below < lowest) levels.push({ positionSide: 'long', price: below, usd: 1 });
      if (above > highest) levels.push({ positionSide: 'short', price: above, usd: 1 });
    }
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
  }
  return levels;
};

const openInterestCohorts: PeerLevels = (bars, initialOpenInterest) => {
  const cohorts = createCohorts(bars.length, initialOpenInterest);
  for (const bar of bars) cohorts.fold(bar);
  const levels: Level[] = [];
  cohorts.levels.forEach((price, qty, sign) =>
    levels.push({ positionSide: sign > 0 ? 'long' : 'short', price, usd: price * qty }),
  );
  return levels;
};

/** What hangs at the mark of the moment; the rises of open interest that age where they were are left out. */
const markLadder: PeerLevels = (bars) => {
  const { close, openInterest } = bars[bars.length - 1];
  const mix = [0.1, 0.2, 0.3, 0.25, 0.15];
  const distances = [5, 10, 25, 50, 100].map((leverage) => 1 / leverage - MAINTENANCE);
  return ladder(close, distances, (rung) => (openInterest * close * mix[rung]) / 2);
};

const hourlyVolume: PeerLevels = (bars) => {
  const distances = [10, 25, 50, 100, 125].map((leverage) => 1 / leverage - MAINTENANCE);
  const nowMs = bars[bars.length - 1].openTimeMs;
  return bars.slice(-420).flatMap(({ open, volume, openTimeMs }) => {
    const weight = Math.log(Math.max(volume, 1)) * Math.exp((-0.2 * (nowMs - openTimeMs)) / HOUR_MS);
    return ladder(open, distances, () => weight);
  });
};

export const PEER_LEVELS: Readonly<Record<string, PeerLevels>> = {
  'N2 volume x fixed leverage': volumeProfile,
  'P2 bar ladder': barLadder,
  'P3 OI-change cohorts': openInterestCohorts,
  'P4 mark ladder': markLadder,
  'P5 hourly volume': hourlyVolume,
};
