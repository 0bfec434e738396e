import type { Contract, VenueId } from '@/lib/market/contract';
import type { VenueSession } from '@/lib/services/venue/venue-session';
import type { VenueError } from '@/lib/venues/venue';

/** Every contract that the venues in use have told of so far; asks a venue only when told to. */
export interface Universe {
  /** Of the venues that are switched on. */
  contracts(): readonly Contract[];
  /** A venue's list, switched on or not; null while it is not known. */
  listOf(venueId: VenueId): readonly Contract[] | null;
  /** Why a venue's list is not known; null before it was asked for. */
  errorOf(venueId: VenueId): VenueError | null;
  /** Asks these venues where they are on; settles when all have answered. */
  ask(venueIds: readonly VenueId[]): Promise<void>;
  /** Those that are switched on, in the order of the registry. */
  readonly venueIds: readonly VenueId[];
}

/** Venues that are off are not asked. `onChange` is called when a list came that was not known or has changed. */
export function createUniverse(
  venues: ReadonlyMap<VenueId, VenueSession>,
  isOff: (venueId: VenueId) => boolean,
  onChange: () => void,
): Universe {
  const lists = new Map<VenueId, readonly Contract[]>();
  const errors = new Map<VenueId, VenueError>();

  const askOne = async (venueId: VenueId): Promise<void> => {
    const venue = venues.get(venueId);
    if (venue === undefined || isOff(venueId)) return;
    const result = await venue.contracts();
    if (!result.ok) {
      errors.set(venueId, result.error);
      return;
    }
    errors.delete(venueId);
    if (lists.get(venueId) === result.value) return;
    lists.set(venueId, result.value);
    onChange();
  };

  const venueIds = () => [...venues.keys()].filter((venueId) => !isOff(venueId));
  return {
    contracts: () => venueIds().flatMap((venueId) => lists.get(venueId) ?? []),
    listOf: (venueId) => lists.get(venueId) ?? null,
    errorOf: (venueId) => errors.get(venueId) ?? null,
    async ask(asked) {
      await Promise.all(asked.map(askOne));
    },
    get venueIds() {
      return venueIds();
    },
  };
}
