import { digitsOfTick } from '@/lib/core/num';
import type { OwnLevel, OwnLiquidation } from '@/lib/market/own-position';
import { type Profile, usdBetween } from '@/lib/market/profile';
import { usdRangeAround } from '@/lib/market/usd-range';
import type { ReadInterval } from '@/lib/services/contract/market-interval';
import type { CountedMember } from '@/lib/services/market/market-members';

/**
 * The user's own positions as seen from one contract's map: each as far from the shown mark as its liquidation is from the mark
 * of its own contract, and what of others lies on the way there. Where its own contract has no map, the shown mark stands in.
 */
export function ownLevelsIn(
  liquidations: readonly OwnLiquidation[],
  profile: Profile,
  multiplier: number,
  counted: readonly CountedMember[],
  interval: ReadInterval,
): OwnLevel[] {
  return liquidations.flatMap(({ position, contract, liquidationPrice }) => {
    if (liquidationPrice === null) return [];
    const own = counted.find((member) => member.contract.id === contract.id)?.profile.markPrice;
    const markPrice = own ?? (profile.markPrice * contract.multiplier) / multiplier;
    const distance = liquidationPrice / markPrice - 1;
    const { positionSide } = position;
    // A position past its price has nothing on the way.
    const isAhead = positionSide === 'long' ? distance < 0 : distance > 0;
    const price = profile.markPrice * (1 + distance);
    const betweenUsd = isAhead ? usdBetween(profile, profile.markPrice, price)[positionSide] : 0;
    const [low, high] = [Math.min(price, profile.markPrice), Math.max(price, profile.markPrice)];
    return [
      {
        positionId: position.id,
        contractId: contract.id,
        positionSide,
        liquidationPrice,
        priceDigits: digitsOfTick(contract.tickSize),
        distance,
        price,
        betweenUsd,
        betweenRange: usdRangeAround(betweenUsd, interval(positionSide, low, high)),
      },
    ];
  });
}
