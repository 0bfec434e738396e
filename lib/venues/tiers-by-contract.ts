import { cause } from '@/lib/core/cause';
import type { Result } from '@/lib/core/result';
import type { Clock } from '@/lib/core/time';
import type { RiskTiers } from '@/lib/market/risk-tier';

import { createListCache, type ListCache } from './list-cache';
import type { VenueError } from './venue';

/** The session's risk tiers where a venue tells them contract by contract: each is asked once. */
export interface TiersByContract {
  /** Fails never: the bundled tiers stand in. */
  read(symbol: string): Promise<RiskTiers>;
  /** Ask the venue again for those that failed. */
  retry(): void;
}

export function createTiersByContract(
  fetchOne: (symbol: string) => Promise<Result<RiskTiers, VenueError>>,
  bundledTiers: (symbol: string) => RiskTiers,
  now: Clock,
): TiersByContract {
  const caches = new Map<string, ListCache<RiskTiers>>();
  return {
    async read(symbol) {
      const cache = caches.get(symbol) ?? createListCache(() => fetchOne(symbol), now);
      caches.set(symbol, cache);
      return (await cache.read()) ?? bundledTiers(symbol);
    },
    retry() {
      for (const cache of caches.values()) cache.retry();
    },
  };
}

/** An answer whose brackets cannot be: the bundled ones stand in. */
export const unsoundTiers = (name: string, symbol: string): VenueError => ({
  kind: 'schema',
  message: cause('brackets', { venue: name, symbol }),
  detail: `unsound brackets of ${symbol}`,
  retryAtMs: null,
});
