import type { PageIconName } from './PageIcon';

/** The dashboard's pages in the rail's order; each has an address of its own, `#market`. */
export const PAGES = [
  { id: 'map', title: 'Map', icon: 'map' },
  { id: 'market', title: 'Market', icon: 'market' },
  { id: 'positions', title: 'Positions', icon: 'position' },
  { id: 'alerts', title: 'Alerts', icon: 'alert' },
  { id: 'score', title: 'Score', icon: 'score' },
  { id: 'diagnostics', title: 'Diagnostics', icon: 'diagnostics' },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly icon: PageIconName }[];
export type PageId = (typeof PAGES)[number]['id'];

/** The page that an address names; the map for any other. */
export const pageFromHash = (hash: string): PageId => PAGES.find(({ id }) => `#${id}` === hash)?.id ?? 'map';
