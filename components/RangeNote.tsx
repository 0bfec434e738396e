import './RangeNote.css';
import { formatUsdRange } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { UsdRange } from '@/lib/market/usd-range';

const TICKS = { rough: 1, fair: 2, good: 3 } as const;

/** The interval of an estimate and, as ticks and as a word, how sure it is. */
export const RangeNote = ({ range }: { readonly range: UsdRange }) => (
  <small class="range-note" title={t(`confidence.${range.confidence}`)}>
    {formatUsdRange(range)}
    <i data-ticks={TICKS[range.confidence]} aria-hidden="true" />
    <span class="visually-hidden">, {t(`confidence.${range.confidence}`)}</span>
  </small>
);
