import './Rail.css';
import { Mark } from '@/components/Mark';

import { PageIcon } from './PageIcon';
import { PAGES, type PageId } from './pages';

/** The way to every page, at the left edge; a row at the top where the window is narrow. */
export function Rail({ page }: { page: PageId }) {
  return (
    <nav class="rail" aria-label="Pages">
      <Mark />
      {PAGES.map(({ id, title, icon }) => (
        <a key={id} href={`#${id}`} title={title} aria-label={title} aria-current={id === page ? 'page' : undefined}>
          <PageIcon name={icon} />
        </a>
      ))}
    </nav>
  );
}
