import { expect, it } from 'vitest';

import { findClusters, largestCluster, nearestCluster } from '@/lib/market/clusters';
import { binPrice, priceBin, type Profile, type UsdBins } from '@/lib/market/profile';

const WIDTH = 0.00025;
const MARK = 100;

/** A profile that is flat but for peaks of 9 bins, given as [distance, USD of the middle bin]. */
function profileWith(
  long: readonly (readonly [number, number])[],
  short: readonly (readonly [number, number])[],
): Profile {
  const profile: Profile = {
    asOfMs: 0,
    markPrice: MARK,
    lastPrice: MARK,
    binWidth: WIDTH,
    firstBin: Math.floor(Math.log(60) / WIDTH),
    long: new Float32Array(4000),
    short: new Float32Array(4000),
    openInterestUsd: 1e9,
    unlocatedShare: 0,
  };
  const markBin = priceBin(profile, MARK);
  profile.long.fill(1, 0, markBin);
  profile.short.fill(1, markBin + 1);
  const raise = (usd: UsdBins, peaks: readonly (readonly [number, number])[]): void => {
    for (const [distance, height] of peaks) {
      const middle = priceBin(profile, MARK * (1 + distance));
      for (let i = -4; i <= 4; i++) usd[middle + i] = height * (1 - Math.abs(i) / 10);
    }
  };
  raise(profile.long, long);
  raise(profile.short, short);
  return profile;
}

const search = { fromPrice: 80, toPrice: 120, count: 3, minSeparation: 0.004 };

it('clusters come largest first, with their price, distance and the USD around them', () => {
  const profile = profileWith([[-0.02, 500]], [[0.05, 1000]]);
  const [first, second] = findClusters(profile, search);
  expect(first.positionSide).toBe('short');
  expect(first.distance).toBeCloseTo(0.05, 3);
  expect(first.price).toBeCloseTo(105, 1);
  expect(first.usd).toBeCloseTo(1000 * (1 + 2 * (0.9 + 0.8 + 0.7 + 0.6)), 3);
  expect(second.positionSide).toBe('long');
  expect(second.distance).toBeCloseTo(-0.02, 3);
});

it('two peaks that are too near each other are one cluster', () => {
  const profile = profileWith(
    [
      [-0.02, 500],
      [-0.0225, 400],
      [-0.03, 300],
    ],
    [],
  );
  const longs = findClusters(profile, { ...search, count: 2 }).filter(({ positionSide }) => positionSide === 'long');
  expect(longs.map(({ distance }) => distance.toFixed(2))).toEqual(['-0.02', '-0.03']);
});

it('only the range asked for is searched', () => {
  const profile = profileWith(
    [
      [-0.02, 500],
      [-0.06, 900],
    ],
    [],
  );
  const narrow = findClusters(profile, { ...search, fromPrice: 97, toPrice: 100 });
  expect(narrow[0].distance).toBeCloseTo(-0.02, 3);
  expect(narrow.every(({ price }) => price >= 97 && price <= 100)).toBe(true);
});

it('what lies right beside the mark is no cluster', () => {
  const profile = profileWith(
    [
      [-0.002, 5000],
      [-0.02, 500],
    ],
    [],
  );
  expect(largestCluster(profile, 'long')?.distance).toBeCloseTo(-0.02, 3);
});

it('the nearest cluster holds at least 40 % of the largest', () => {
  const profile = profileWith(
    [],
    [
      [0.01, 300],
      [0.03, 450],
      [0.06, 1000],
    ],
  );
  expect(nearestCluster(profile, 'short', null)?.distance).toBeCloseTo(0.03, 3);
  expect(largestCluster(profile, 'short')?.distance).toBeCloseTo(0.06, 3);
});

it('beyond 10 % no single cluster is named', () => {
  const profile = profileWith(
    [
      [-0.12, 5000],
      [-0.05, 500],
    ],
    [],
  );
  expect(largestCluster(profile, 'long')?.distance).toBeCloseTo(-0.05, 3);
});

it('an empty side has none', () => {
  const profile = profileWith([], []);
  profile.long.fill(0);
  expect(nearestCluster(profile, 'long', null)).toBeNull();
  expect(largestCluster(profile, 'long')).toBeNull();
});

it("a cluster's price is the middle of its densest bin", () => {
  const profile = profileWith([[-0.02, 500]], []);
  const [cluster] = findClusters(profile, search);
  expect(cluster.price).toBe(binPrice(profile, priceBin(profile, cluster.price) + 0.5));
});

it('a cluster that was named stays the nearest while others of its size are not yet', () => {
  const withNear = (usd: number) =>
    profileWith(
      [
        [-0.007, usd],
        [-0.083, 1000],
      ],
      [],
    );
  let before = nearestCluster(withNear(390), 'long', null);
  const named = [390, 410, 390, 410, 330, 310, 390].map((usd) => {
    before = nearestCluster(withNear(usd), 'long', before);
    return before?.distance.toFixed(3);
  });
  expect(named).toEqual(['-0.083', '-0.007', '-0.007', '-0.007', '-0.007', '-0.083', '-0.083']);
});

it('what was named elsewhere keeps no other cluster', () => {
  const profile = profileWith(
    [
      [-0.012, 350],
      [-0.083, 1000],
    ],
    [],
  );
  expect(nearestCluster(profile, 'long', { price: MARK * (1 - 0.007) })?.distance).toBeCloseTo(-0.083, 3);
});
