import type { Site } from './site';

/**
 * Any site that the user allowed: nothing is known of it. What its chart or its address is called goes to the background,
 * which may see a pair in it; else the user may choose a contract for it.
 */
export const other: Site = {
  id: 'other',
  isHost: () => true,
  hasChart: () => true,
  symbolFromUrl: () => null,
  symbolFromChart: () => null,
};
