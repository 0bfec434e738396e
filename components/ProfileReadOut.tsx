import { formatClusterPrice, formatDistance, formatShare, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

import { PLOT_HEADROOM, PLOT_HEIGHT, READ_OUT_REACH, type ReadOut } from './profile-series';

const CARD_WIDTH = 124;
const GAP = 9;

interface Props {
  readonly readOut: ReadOut;
  /** CSS pixels from the plot's left edge. */
  readonly left: number;
  readonly plotWidth: number;
  /** What the curve's scale ends at. */
  readonly maxSumUsd: number;
  readonly priceDigits: number;
}

/** The card beside the cursor, and the point where it meets the sum's curve. */
export function ProfileReadOut({ readOut, left, plotWidth, maxSumUsd, priceDigits }: Props) {
  const side = readOut.distance < 0 ? 'long' : 'short';
  const fitsRight = left + GAP + CARD_WIDTH <= plotWidth;
  const curveTop = PLOT_HEIGHT * (1 - readOut.toHereUsd / ((maxSumUsd || 1) * PLOT_HEADROOM));
  return (
    <>
      <div class="profile-point" style={{ left: `${left}px`, top: `${curveTop}px`, background: `var(--${side})` }} />
      <dl class="read-out" style={{ left: `${fitsRight ? left + GAP : left - GAP - CARD_WIDTH}px` }}>
        <div>
          <dt>
            <strong>{formatClusterPrice(readOut.price, priceDigits)}</strong>
          </dt>
          <dd class={side}>{formatDistance(readOut.distance, 2)}</dd>
        </div>
        <div>
          <dt>±{formatShare(READ_OUT_REACH)}</dt>
          <dd>{formatUsd(readOut.nearUsd)}</dd>
        </div>
        <div>
          <dt>{t('profile.toHere')}</dt>
          <dd>{formatUsd(readOut.toHereUsd)}</dd>
        </div>
      </dl>
    </>
  );
}

/** The same in a sentence, for who cannot see the card. */
export const readOutText = (readOut: ReadOut, priceDigits: number): string =>
  t('profile.readOut', {
    price: formatClusterPrice(readOut.price, priceDigits),
    distance: formatDistance(readOut.distance, 2),
    near: formatUsd(readOut.nearUsd),
    reach: formatShare(READ_OUT_REACH),
    toHere: formatUsd(readOut.toHereUsd),
  });
