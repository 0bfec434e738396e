import { formatDistance, formatPrice, formatShare, formatUsd } from '@/lib/core/format';
import { formatClock, formatDay } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';

import type { MapPointer } from './map-chart';
import { READING_REACH } from './map-reading';

const WIDTH = 196;
const HEIGHT = 112;
const GAP = 14;

interface Props {
  readonly pointer: MapPointer;
  readonly priceDigits: number;
}

/** What the column under the pointer said at this price, as of its own time. */
export function MapReadOut({ pointer: { x, y, reading }, priceDigits }: Props) {
  const style = {
    left: `${x > WIDTH + 2 * GAP ? x - WIDTH - GAP : x + GAP}px`,
    top: `${y > HEIGHT + 2 * GAP ? y - HEIGHT - GAP : y + GAP}px`,
  };
  if (reading === null) {
    return (
      <div class="map-readout" style={style}>
        {t('map.noneThen')}
      </div>
    );
  }
  const reach = formatShare(READING_REACH);
  const { price, distance, longUsd, shortUsd, toHereUsd, asOfMs, isLive } = reading;
  return (
    <div class="map-readout" style={style}>
      <div>
        <strong>{formatPrice(price, priceDigits)}</strong>
        <span class={distance < 0 ? 'long' : 'short'}>
          {t(isLive ? 'map.now' : 'map.then', { distance: formatDistance(distance, 2) })}
        </span>
      </div>
      <div>
        {t('band.longsNear', { reach })} <strong>{formatUsd(longUsd)}</strong>
      </div>
      <div>
        {t('band.shortsNear', { reach })} <strong>{formatUsd(shortUsd)}</strong>
      </div>
      <div>
        {t('band.toHere')} <strong>{formatUsd(toHereUsd)}</strong>
      </div>
      <div>
        {t(isLive ? 'map.live' : 'map.asOf')}{' '}
        <span>
          {formatDay(asOfMs)} {formatClock(asOfMs)} UTC
        </span>
      </div>
    </div>
  );
}
