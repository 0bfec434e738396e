import type { PositionSide } from './liquidation';
import { binPrice, type Profile, type UsdBins } from './profile';
import type { Cluster } from './summary';

export interface ClusterSearch {
  readonly fromPrice: number;
  readonly toPrice: number;
  /** At most so many on each side. */
  readonly count: number;
  /** Least distance of two of a side, in ln(price). */
  readonly minSeparation: number;
}

/** Enough for every view at once: a chart zoomed far in still has its own. */
const OF_CHARTS: ClusterSearch = { fromPrice: 0, toPrice: Infinity, count: 40, minSeparation: 0.004 };

/** A cluster is what lies within this distance of its densest bin, in ln(price): about the soft edge of a level. */
export const CLUSTER_HALF_WIDTH = 0.0012;
/** Nearer to the mark than this there is only the edge of what has just been crossed. */
export const MIN_DISTANCE = 0.0035;
/** Of the single clusters that the popup names: how far they may lie, how close to each other, how large the nearest must be. */
const NEAR = 0.1;
const NEAR_SEPARATION = 0.004;
const NEAR_COUNT = 12;
const NEAR_SHARE = 0.4;
/** Once named, a cluster stays the nearest until it holds less than this: around one limit alone names would flicker. */
const KEPT_SHARE = 0.32;

/** The largest clusters between two prices, both sides, largest first: greedy, each bin in one cluster if they are separated. */
export function findClusters(profile: Profile, search: ClusterSearch): readonly Cluster[] {
  return [...clustersOfSide(profile, 'long', search), ...clustersOfSide(profile, 'short', search)].sort(
    (a, b) => b.usd - a.usd,
  );
}

/** The clusters that a band may label, wherever its chart is moved. */
export const clustersOfCharts = (profile: Profile): readonly Cluster[] => findClusters(profile, OF_CHARTS);

/** The largest cluster of a side within 10 % of the mark, or null where the side has no mass there. */
export const largestCluster = (profile: Profile, side: PositionSide): Cluster | null =>
  clustersNearMark(profile, side)[0] ?? null;

/**
 * The cluster of a side nearest to the mark that holds at least 40 % of the side's largest within 10 %; the one that was
 * named `before` is given up only below 32 %.
 */
export function nearestCluster(
  profile: Profile,
  side: PositionSide,
  before: Pick<Cluster, 'price'> | null,
): Cluster | null {
  const clusters = clustersNearMark(profile, side);
  const isNamed = ({ price }: Cluster) =>
    before !== null && Math.abs(Math.log(price / before.price)) < NEAR_SEPARATION / 2;
  return clusters
    .filter((cluster) => cluster.usd >= (isNamed(cluster) ? KEPT_SHARE : NEAR_SHARE) * clusters[0].usd)
    .reduce<Cluster | null>(
      (nearest, cluster) =>
        nearest === null || Math.abs(cluster.distance) < Math.abs(nearest.distance) ? cluster : nearest,
      null,
    );
}

const clustersNearMark = (profile: Profile, side: PositionSide): readonly Cluster[] =>
  clustersOfSide(profile, side, {
    fromPrice: profile.markPrice * (1 - NEAR),
    toPrice: profile.markPrice * (1 + NEAR),
    count: NEAR_COUNT,
    minSeparation: NEAR_SEPARATION,
  });

function clustersOfSide(profile: Profile, side: PositionSide, search: ClusterSearch): readonly Cluster[] {
  const { binWidth, markPrice } = profile;
  const usd = side === 'long' ? profile.long : profile.short;
  const half = Math.max(1, Math.floor(CLUSTER_HALF_WIDTH / binWidth));
  const candidates: { readonly bin: number; readonly cluster: Cluster }[] = [];
  for (let bin = half; bin < usd.length - half; bin++) {
    if (!(usd[bin] > 0 && isDensest(usd, bin, half))) continue;
    const price = binPrice(profile, bin + 0.5);
    const distance = price / markPrice - 1;
    if (price < search.fromPrice || price > search.toPrice || Math.abs(distance) < MIN_DISTANCE) continue;
    let sum = 0;
    for (let i = bin - half; i <= bin + half; i++) sum += usd[i];
    candidates.push({ bin, cluster: { positionSide: side, price, usd: sum, distance } });
  }
  candidates.sort((a, b) => b.cluster.usd - a.cluster.usd);
  const chosen: typeof candidates = [];
  // Bins lie evenly in ln(price).
  const leastBins = search.minSeparation / binWidth;
  for (const candidate of candidates) {
    if (chosen.length >= search.count) break;
    if (chosen.every(({ bin }) => Math.abs(candidate.bin - bin) > leastBins)) chosen.push(candidate);
  }
  return chosen.map(({ cluster }) => cluster);
}

function isDensest(usd: UsdBins, bin: number, half: number): boolean {
  for (let i = bin - half; i <= bin + half; i++) if (usd[i] > usd[bin]) return false;
  return true;
}
