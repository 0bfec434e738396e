import type { PageIconName } from './PageIcon';

/** The dashboard's pages in the rail's order; each has an address of its own, `#market`. */
export const PAGES = [
  { id: 'map', icon: 'map' },
  { id: 'market', icon: 'market' },
  { id: 'positions', icon: 'position' },
  { id: 'alerts', icon: 'alert' },
  { id: 'score', icon: 'score' },
  { id: 'diagnostics', icon: 'diagnostics' },
  { id: 'options', icon: 'options' },
  { id: 'first-run', icon: 'help' },
] as const satisfies readonly { readonly id: string; readonly icon: PageIconName }[];
export type PageId = (typeof PAGES)[number]['id'];

/** The page that an address names, whatever part of it, as in `#options/band`; the map for any other. */
export const pageFromHash = (hash: string): PageId =>
  PAGES.find(({ id }) => `#${id}` === hash.split('/')[0])?.id ?? 'map';
