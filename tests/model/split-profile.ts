import type { Profile } from '@/lib/market/profile';
import { randomProfile } from '@/tests/render/profiles';

/** A map whose groups keep their shares over each block of eight bins, as levels of one leverage do. */
export function splitProfile(seed: number): Profile {
  const profile = randomProfile(seed, 0.00025);
  const { firstBin, long, short } = profile;
  const groups = Array.from({ length: 4 }, () => new Float64Array(long.length));
  for (let bin = 0; bin < long.length; bin++) {
    const block = Math.floor((firstBin + bin) / 8);
    const ninths = [block % 4, (block >> 2) % 3, (block >> 4) % 3];
    const shares = [...ninths, 9 - ninths[0] - ninths[1] - ninths[2]];
    groups.forEach((group, g) => (group[bin] = ((long[bin] + short[bin]) * shares[g]) / 9));
  }
  return { ...profile, groups };
}
