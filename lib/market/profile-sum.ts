import type { Profile, UsdBins } from './profile';

/** The maps of several contracts added up, each aligned on its own mark; USD in double precision. */
export interface ProfileSum {
  readonly long: Float64Array;
  readonly short: Float64Array;
  /** Null unless all of the maps tell theirs. */
  groups: readonly Float64Array[] | null;
  openInterestUsd: number;
  unlocatedShare: number;
}

/** What a sum is shown in: the newest profile of the contract whose prices the chart shows. */
export type PriceFrame = Pick<Profile, 'asOfMs' | 'markPrice' | 'lastPrice' | 'binWidth' | 'firstBin'>;

/** An empty sum for profiles of so many bins; `sumProfiles` fills it. */
export const createProfileSum = (binCount: number): ProfileSum => ({
  long: new Float64Array(binCount),
  short: new Float64Array(binCount),
  groups: null,
  openInterestUsd: 0,
  unlocatedShare: 0,
});

/**
 * Adds profiles bin by bin. Every profile is a window of one length around its own mark's bin, so that equal indices are equal
 * distances from the mark: a level 2 % below the mark of one venue meets those 2 % below the mark of another, whatever the basis
 * between them or the multiple they count in. Marks lie anywhere within their bin, so levels meet to within one bin (0.025 %).
 * Profiles of another bin width or length are refused.
 */
export function sumProfiles(profiles: readonly Profile[], into: ProfileSum): void {
  const { long, short } = into;
  long.fill(0);
  short.fill(0);
  let openInterestUsd = 0;
  let unlocatedUsd = 0;
  for (const profile of profiles) {
    if (profile.long.length !== long.length || profile.binWidth !== profiles[0].binWidth) {
      throw new RangeError(`sumProfiles: ${profile.long.length} bins of ${profile.binWidth} beside ${long.length}`);
    }
    for (let i = 0; i < long.length; i++) {
      long[i] += profile.long[i];
      short[i] += profile.short[i];
    }
    openInterestUsd += profile.openInterestUsd;
    unlocatedUsd += profile.openInterestUsd * profile.unlocatedShare;
  }
  into.groups = sumGroups(profiles, into.groups);
  into.openInterestUsd = openInterestUsd;
  into.unlocatedShare = openInterestUsd > 0 ? unlocatedUsd / openInterestUsd : NaN;
}

function sumGroups(profiles: readonly Profile[], into: readonly Float64Array[] | null): readonly Float64Array[] | null {
  const [first] = profiles;
  if (!profiles.every(({ groups }) => groups !== undefined)) return null;
  const sums = into ?? first.groups?.map((group) => new Float64Array(group.length)) ?? [];
  sums.forEach((sum, g) => {
    sum.fill(0);
    for (const { groups = [] } of profiles) for (let i = 0; i < sum.length; i++) sum[i] += groups[g][i];
  });
  return sums;
}

/** The sum as a profile at one contract's prices; lends the sum's arrays. */
export const profileFromSum = (sum: ProfileSum, frame: PriceFrame): Profile => ({
  asOfMs: frame.asOfMs,
  markPrice: frame.markPrice,
  lastPrice: frame.lastPrice,
  binWidth: frame.binWidth,
  firstBin: frame.firstBin,
  long: sum.long,
  short: sum.short,
  openInterestUsd: sum.openInterestUsd,
  unlocatedShare: sum.unlocatedShare,
});

/** The same map on an axis whose prices are `factor` times the profile's; bins stay aligned on the mark's. */
export function scaleProfile(profile: Profile, factor: number): Profile {
  if (factor === 1) return profile;
  const { markPrice, binWidth } = profile;
  const binOf = (price: number) => Math.floor(Math.log(price) / binWidth);
  return {
    ...profile,
    markPrice: markPrice * factor,
    lastPrice: profile.lastPrice * factor,
    firstBin: profile.firstBin + binOf(markPrice * factor) - binOf(markPrice),
  };
}

/** USD of one side over all prices. */
export const totalUsd = (bins: UsdBins): number => {
  let sum = 0;
  for (let i = 0; i < bins.length; i++) sum += bins[i];
  return sum;
};
