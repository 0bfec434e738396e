import { t } from '@/lib/i18n/words';
import type { LiquidationBoard } from '@/lib/market/realised';

/** Where a panel has nothing: what was stored may still be on its way. */
export const noneWords = ({ isWhole }: Pick<LiquidationBoard, 'isWhole'>): string =>
  t(isWhole ? 'data.noneRecorded' : 'tape.reading');
