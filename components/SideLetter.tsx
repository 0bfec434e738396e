import { t } from '@/lib/i18n/words';
import type { PositionSide } from '@/lib/market/liquidation';

/** A side by its letter and hue; read out as a word. */
export function SideLetter({ side }: { side: PositionSide }) {
  return (
    <span class={side}>
      <span aria-hidden="true">{t(side === 'long' ? 'band.longLetter' : 'band.shortLetter')}</span>
      <span class="visually-hidden">{t(side === 'long' ? 'side.longs' : 'side.shorts')}</span>
    </span>
  );
}
