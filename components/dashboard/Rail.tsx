import './Rail.css';
import { Mark } from '@/components/Mark';
import { t } from '@/lib/i18n/words';

import { PageIcon } from './PageIcon';
import { PAGES, type PageId } from './pages';

/** The way to every page, at the left edge; a row at the top where the window is narrow. */
export function Rail({ page }: { page: PageId }) {
  return (
    <nav class="rail" aria-label={t('page.pages')}>
      <Mark />
      {PAGES.map(({ id, icon }) => (
        <a
          class="icon-button"
          key={id}
          href={`#${id}`}
          title={t(`page.${id}`)}
          aria-label={t(`page.${id}`)}
          aria-current={id === page ? 'page' : undefined}
        >
          <PageIcon name={icon} />
        </a>
      ))}
    </nav>
  );
}
