import type { ContractId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

import { storedItem } from './stored-item';

const storedFavourites = storedItem<readonly ContractId[]>('favourites', []);

/** More than anybody keeps an eye on. */
const MOST_FAVOURITES = 50;

/** The contracts that the user keeps an eye on, in the order in which they were chosen: the watch-list of alerts. */
export const favourites = {
  getValue: async (): Promise<readonly ContractId[]> => repairFavourites(await storedFavourites.getValue()),
  setValue: (ids: readonly ContractId[]): Promise<void> => storedFavourites.setValue(ids),
  /** Calls back with every later change; the returned function ends it. */
  watch: (listener: (ids: readonly ContractId[]) => void): (() => void) =>
    storedFavourites.watch((stored) => listener(repairFavourites(stored))),
};

/** Contracts of venues that the product knows only, each once. */
export function repairFavourites(stored: unknown): readonly ContractId[] {
  const ids: readonly unknown[] = Array.isArray(stored) ? stored : [];
  const sound = ids.filter(
    (id): id is ContractId =>
      typeof id === 'string' &&
      id.length < 80 &&
      Object.keys(VENUE_FACTS).some((venueId) => id.startsWith(`${venueId}:`)),
  );
  return [...new Set(sound)].slice(0, MOST_FAVOURITES);
}
