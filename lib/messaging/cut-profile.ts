import { priceBin, type Profile } from '@/lib/market/profile';

/** No chart of a perpetual shows prices further away than this, as a factor of the mark. */
const PRICE_FACTOR = 4;

/** The part of a profile that a chart can show and that holds anything, in arrays of its own. */
export function cutProfile(profile: Profile): Profile {
  const { markPrice, firstBin, long, short, groups } = profile;
  const isEmpty = (bin: number) => long[bin] === 0 && short[bin] === 0;
  let from = Math.max(0, priceBin(profile, markPrice / PRICE_FACTOR));
  let to = Math.min(long.length, priceBin(profile, markPrice * PRICE_FACTOR) + 1);
  while (from < to && isEmpty(from)) from++;
  while (to > from && isEmpty(to - 1)) to--;
  return {
    ...profile,
    firstBin: firstBin + from,
    long: long.slice(from, to),
    short: short.slice(from, to),
    // Half as much to send; what is lost is a ten-millionth.
    groups: groups?.map((group) => Float32Array.from(group.slice(from, to))),
  };
}
