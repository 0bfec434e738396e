import { priceBin, type Profile } from './profile';

/** The map with the levels of one side alone, in arrays of its own. */
export function oneSide(profile: Profile, side: 'long' | 'short'): Profile {
  const none = new Float64Array(profile.long.length);
  // A group holds both sides, longs below the mark's bin.
  const markBin = priceBin(profile, profile.markPrice);
  const [from, to] = side === 'long' ? [markBin, Infinity] : [0, markBin];
  const groups = profile.groups?.map((group) => group.slice(0, group.length).fill(0, from, to));
  return { ...profile, ...(side === 'long' ? { short: none } : { long: none }), groups };
}
