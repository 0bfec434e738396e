import { expect, it } from 'vitest';

import { SITE_NAMES } from '@/lib/market/site-names';
import { SITES } from '@/lib/sites';

it('names every site of the registry, by a host that is its own', () => {
  expect(Object.keys(SITE_NAMES)).toEqual(SITES.map(({ id }) => id));
  for (const site of SITES)
    expect(site.isHost(SITE_NAMES[site.id as keyof typeof SITE_NAMES].host), site.id).toBe(true);
});
