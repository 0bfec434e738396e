import { formatDistance, formatPrice, formatUsd } from '@/lib/core/format';
import { venueIdOf } from '@/lib/market/contract';
import type { OwnLevel } from '@/lib/market/own-position';
import { venueName } from '@/lib/market/venue-facts';

/** Where the user's own positions on the market are liquidated, and what of others lies on the way. */
export const OwnLevels = ({ levels }: { levels: readonly OwnLevel[] }) => (
  <section class="section" aria-label="Your positions">
    {levels.map(({ positionId, contractId, positionSide, liquidationPrice, priceDigits, distance, betweenUsd }) => (
      <p key={positionId} title={venueName(venueIdOf(contractId))}>
        Your {positionSide}: <strong>{formatPrice(liquidationPrice, priceDigits)}</strong>{' '}
        <span class={positionSide}>{formatDistance(distance)}</span>{' '}
        <span class="quiet">{formatUsd(betweenUsd)} of others before it</span>
      </p>
    ))}
  </section>
);
