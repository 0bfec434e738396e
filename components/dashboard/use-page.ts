import { useEffect, useState } from 'preact/hooks';

import { type PageId, pageFromHash } from './pages';

/** The page that the address names, also when it changes by link, by history or by hand. */
export function usePage(): PageId {
  const [page, setPage] = useState(() => pageFromHash(location.hash));
  useEffect(() => {
    const follow = () => setPage(pageFromHash(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return page;
}
