import { formatDistance, formatPrice, formatUsd } from '@/lib/core/format';
import { formatClock, formatDay } from '@/lib/core/format-time';

import type { MapPointer } from './map-chart';

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
        No map of this time is stored.
      </div>
    );
  }
  const { price, distance, longUsd, shortUsd, toHereUsd, asOfMs, isLive } = reading;
  return (
    <div class="map-readout" style={style}>
      <div>
        <strong>{formatPrice(price, priceDigits)}</strong>
        <span class={distance < 0 ? 'long' : 'short'}>
          {formatDistance(distance, 2)} {isLive ? 'now' : 'then'}
        </span>
      </div>
      <div>
        Longs ±0.1% <strong>{formatUsd(longUsd)}</strong>
      </div>
      <div>
        Shorts ±0.1% <strong>{formatUsd(shortUsd)}</strong>
      </div>
      <div>
        Sum, price to here <strong>{formatUsd(toHereUsd)}</strong>
      </div>
      <div>
        {isLive ? 'Live, as of' : 'As of'}{' '}
        <span>
          {formatDay(asOfMs)} {formatClock(asOfMs)} UTC
        </span>
      </div>
    </div>
  );
}
