import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';

import { mixWords } from './mix-words';
import { partLook, StackedBar } from './StackedBar';

/** With which leverage positions are taken to be opened, and where that comes from. */
export function LeverageMix({ summary, onForget }: { readonly summary: Summary; readonly onForget: () => void }) {
  const { leverageMix, learning, venueId } = summary;
  const rest = Math.max(0, 1 - leverageMix.reduce((sum, { share }) => sum + share, 0));
  const parts = [
    { name: t('provenance.never'), share: rest },
    ...leverageMix.map(({ leverage, share }) => ({ name: `${leverage}x`, share })),
  ];
  return (
    <>
      <div class="section-head">
        <h3>{t('provenance.leverage')}</h3>
        <span class="quiet">{t('provenance.leverageOf', { venue: venueName(venueId) })}</span>
      </div>
      <StackedBar shares={parts.map(({ share }) => share)} />
      <ul class="leverage-mix">
        {parts.map(({ name, share }, i) => (
          <li key={name}>
            <i class="stack-mark" style={partLook(i, parts.length)} aria-hidden="true" />
            {name} <strong>{formatShare(share)}</strong>
          </li>
        ))}
      </ul>
      <p class="caption">
        {t('provenance.mix', { mix: mixWords(summary) })}
        {(learning.eventCount > 0 || learning.source === 'group') && (
          <button type="button" class="forget" onClick={onForget}>
            {t('provenance.forget')}
          </button>
        )}
      </p>
    </>
  );
}
