import type { WordKey } from '@/lib/i18n/words';

/** The groups of options in the order of the page; each has an address of its own, `#options/band`. */
export const GROUPS = {
  venues: 'venues.title',
  sites: 'options.sites',
  band: 'look.title',
  model: 'options.model',
  alerts: 'page.alerts',
  positions: 'page.positions',
  storage: 'diagnostics.storage',
  language: 'options.language',
  file: 'options.file',
  about: 'options.about',
} as const satisfies Record<string, WordKey>;
export type GroupId = keyof typeof GROUPS;
export const GROUP_IDS = Object.keys(GROUPS) as readonly GroupId[];

/** The group that an address names; null for any other. */
export const groupFromHash = (hash: string): GroupId | null =>
  GROUP_IDS.find((group) => hash === `#options/${group}`) ?? null;
