import { t } from '@/lib/i18n/words';

/** In place of what the store does not give, with the way to ask again. */
export const Failed = ({ onRetry }: { onRetry: () => void }) => (
  <p class="section failed" role="alert">
    {t('data.failed')}{' '}
    <button type="button" class="button is-small" onClick={onRetry}>
      {t('notice.retry')}
    </button>
  </p>
);
