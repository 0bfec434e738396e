import { formatDistance, formatPrice, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { OwnLevel } from '@/lib/market/own-position';
import { venueName } from '@/lib/market/venue-facts';

/** Where the user's own positions on the market are liquidated, and what of others lies on the way. */
export const OwnLevels = ({ levels }: { levels: readonly OwnLevel[] }) => (
  <section class="section" aria-label={t('own.label')}>
    {levels.map(({ positionId, contractId, positionSide, liquidationPrice, priceDigits, distance, betweenUsd }) => (
      <p key={positionId} title={venueName(venueIdOf(contractId))}>
        {t(`band.own.${positionSide}`)} <strong>{formatPrice(liquidationPrice, priceDigits)}</strong>{' '}
        <span class={positionSide}>{formatDistance(distance)}</span>{' '}
        <span class="quiet">{t('own.before', { usd: formatUsd(betweenUsd) })}</span>
      </p>
    ))}
  </section>
);
