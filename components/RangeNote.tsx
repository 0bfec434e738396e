import './RangeNote.css';
import { formatUsdRange } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { UsdRange } from '@/lib/market/usd-range';

const TICKS = { rough: 1, fair: 2, good: 3 } as const;

/** The interval of an estimate and, as ticks and as a word, how sure it is; the word is in sight where it is `isNamed`. */
export const RangeNote = ({ range, isNamed }: { readonly range: UsdRange; readonly isNamed?: boolean }) => (
  <small class="range-note" title={t(`confidence.${range.confidence}`)}>
    {formatUsdRange(range)}
    <span class={isNamed ? '' : 'visually-hidden'}>, {t(`confidence.${range.confidence}`)}</span>
    <i data-ticks={TICKS[range.confidence]} aria-hidden="true" />
  </small>
);
