import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

/** How much of a span was recorded. Anything short of the whole never rounds up to it, nor anything recorded down to nothing. */
export const recordedText = (share: number): string =>
  share >= 1
    ? t('liquidated.allRecorded')
    : t('liquidated.recorded', {
        share: share > 0 && share < 0.01 ? `<${formatShare(0.01, 0)}` : formatShare(Math.floor(share * 100) / 100, 0),
      });
