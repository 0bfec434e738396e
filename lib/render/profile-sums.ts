import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile, UsdBins } from '@/lib/market/profile';

/** A profile with its running sums, so that the USD between any two prices costs two look-ups. */
export interface ProfileSums {
  readonly profile: Profile;
  /** Element i is the USD in bins below i; one longer than the profile. Not to be kept: `SumsRoom`. */
  readonly long: Float64Array;
  readonly short: Float64Array;
  /** The same of every group of leverage, lowest first, both sides in one; none where the profile was told without its groups. */
  readonly groups: readonly Float64Array[];
  readonly room: SumsRoom;
}

/** Where sums lie: those of the profile that was asked last. They are added up ten times as fast as new memory is had. */
interface SumsRoom {
  of?: Profile;
  sums: readonly Float64Array[];
}

/** Adds up when first asked: not every profile is drawn. In the room of those `before`, whose readers take turns with its own. */
export function sumsFromProfile(profile: Profile, before: ProfileSums | null = null): ProfileSums {
  const room: SumsRoom = before?.room ?? { sums: [] };
  const sums = (): readonly Float64Array[] => {
    const { long, short, groups = [] } = profile;
    if (room.of !== profile) room.sums = [long, short, ...groups].map((usd, i) => runningSum(usd, room.sums[i]));
    room.of = profile;
    return room.sums;
  };
  return {
    profile,
    room,
    get long() {
      return sums()[0];
    },
    get short() {
      return sums()[1];
    },
    get groups() {
      return sums().slice(2);
    },
  };
}

function runningSum(values: UsdBins, sums: Float64Array | undefined): Float64Array {
  if (sums?.length !== values.length + 1) sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

/** USD of one side below a price; inside a bin it grows evenly with the price's logarithm. */
export function usdBelow(sums: ProfileSums, positionSide: PositionSide, price: number): number {
  const running = sums[positionSide];
  const count = running.length - 1;
  const position = price > 0 ? Math.log(price) / sums.profile.binWidth - sums.profile.firstBin : 0;
  if (!(position > 0)) return 0;
  if (position >= count) return running[count];
  const bin = Math.floor(position);
  return running[bin] + (running[bin + 1] - running[bin]) * (position - bin);
}

/** USD of one side between two prices in either order. */
export const usdBetween = (sums: ProfileSums, positionSide: PositionSide, a: number, b: number): number =>
  Math.abs(usdBelow(sums, positionSide, b) - usdBelow(sums, positionSide, a));

/** USD that a move from the market to `price` would close: shorts on the way up, longs on the way down. */
export function usdToPrice(sums: ProfileSums, price: number): number {
  const { long, profile } = sums;
  return price >= profile.markPrice
    ? usdBelow(sums, 'short', price)
    : long[long.length - 1] - usdBelow(sums, 'long', price);
}
