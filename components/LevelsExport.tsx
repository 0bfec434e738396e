import { useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';

import { Section } from './Section';

/** The levels of the moment as a file; what makes it is loaded when it is wanted. */
export function LevelsExport({ summary, profile }: { readonly summary: Summary; readonly profile: Profile }) {
  const [hasFailed, setHasFailed] = useState(false);
  const save = (format: 'csv' | 'json') => {
    setHasFailed(false);
    import('./export/save-levels')
      .then(({ saveLevels }) => saveLevels(summary, profile, format))
      .catch(() => setHasFailed(true));
  };
  return (
    <Section
      title={t('export.levels')}
      aside={(['csv', 'json'] as const).map((format) => (
        <button
          key={format}
          type="button"
          class="button is-small"
          aria-label={`${t('export.levels')}, ${format.toUpperCase()}`}
          onClick={() => save(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
    >
      {hasFailed && <p role="alert">{t('export.failed')}</p>}
    </Section>
  );
}
