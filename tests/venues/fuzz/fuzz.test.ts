import { describe, expect, it } from 'vitest';

import type { VenueId } from '@/lib/market/contract';
import { VENUES } from '@/lib/venues';

import { fuzzVenue } from './campaign';

/** A few seconds a venue; `npm run fuzz` runs as many as it is told. */
const CASES = 2_500;

describe('what a hostile or broken venue sends', () => {
  it.each(Object.keys(VENUES) as VenueId[])(
    'breaks nothing and lets no impossible figure through: %s',
    async (id) => {
      const { read, failures } = await fuzzVenue(id, CASES, 1);
      expect(failures).toEqual([]);
      expect(read).toBeGreaterThan(CASES / 10);
    },
    180_000,
  );
});
