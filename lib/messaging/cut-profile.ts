import { priceBin, type Profile } from '@/lib/market/profile';

/** No chart of a perpetual shows prices further away than this, as a factor of the mark. */
const PRICE_FACTOR = 4;
/** Bins at either end with less are not worth sending. */
const NEGLIGIBLE_USD = 1;

/** The part of a profile that a chart can show, in arrays of its own; what is cut off counts as empty. */
export function cutProfile(profile: Profile): Profile {
  const { markPrice, firstBin, long, short } = profile;
  const isNegligible = (bin: number) => long[bin] < NEGLIGIBLE_USD && short[bin] < NEGLIGIBLE_USD;
  let from = Math.max(0, priceBin(profile, markPrice / PRICE_FACTOR));
  let to = Math.min(long.length, priceBin(profile, markPrice * PRICE_FACTOR) + 1);
  while (from < to && isNegligible(from)) from++;
  while (to > from && isNegligible(to - 1)) to--;
  return { ...profile, firstBin: firstBin + from, long: long.slice(from, to), short: short.slice(from, to) };
}
