import { cause } from '@/lib/core/cause';
import type { Result } from '@/lib/core/result';
import { HOUR_MS, type Clock } from '@/lib/core/time';
import type { RiskTiers } from '@/lib/market/risk-tier';

import { createListCache, type ListCache } from './list-cache';
import type { VenueError } from './venue';

/** Venues change their brackets now and then; who holds a contract asks as often. */
export const TIERS_FRESH_MS = 12 * HOUR_MS;

/** A venue's risk tiers: asked for once in a while, and kept up by what its stream pushes. */
export interface TierBook {
  /** Fails never: what was told before stands in, or the bundled tiers. */
  read(symbol: string): Promise<RiskTiers>;
  readonly push: (symbol: string, tiers: RiskTiers) => void;
  /** Ask the venue again after a failure. */
  retry(): void;
}

type BundledTiers = (symbol: string) => RiskTiers;

function createTierBook(
  told: (symbol: string) => Promise<RiskTiers | null | undefined>,
  bundledTiers: BundledTiers,
  now: Clock,
  retry: () => void,
): TierBook {
  const pushed = new Map<string, { readonly tiers: RiskTiers; readonly heardMs: number }>();
  return {
    async read(symbol) {
      const push = pushed.get(symbol);
      if (push !== undefined && now() - push.heardMs < TIERS_FRESH_MS) return push.tiers;
      const listed = (await told(symbol)) ?? bundledTiers(symbol);
      return push !== undefined && push.tiers.asOfMs > listed.asOfMs ? push.tiers : listed;
    },
    push: (symbol, tiers) => void pushed.set(symbol, { tiers, heardMs: now() }),
    retry,
  };
}

/** Where one request tells the tiers of all contracts. */
export function createTiersOfAll(
  fetchAll: () => Promise<Result<ReadonlyMap<string, RiskTiers>, VenueError>>,
  bundledTiers: BundledTiers,
  now: Clock,
): TierBook {
  const listed = createListCache(fetchAll, now, TIERS_FRESH_MS);
  return createTierBook(
    async (symbol) => (await listed.read())?.get(symbol),
    bundledTiers,
    now,
    () => listed.retry(),
  );
}

/** Where a venue tells them contract by contract. */
export function createTiersByContract(
  fetchOne: (symbol: string) => Promise<Result<RiskTiers, VenueError>>,
  bundledTiers: BundledTiers,
  now: Clock,
): TierBook {
  const caches = new Map<string, ListCache<RiskTiers>>();
  const cacheOf = (symbol: string): ListCache<RiskTiers> => {
    const cache = caches.get(symbol) ?? createListCache(() => fetchOne(symbol), now, TIERS_FRESH_MS);
    caches.set(symbol, cache);
    return cache;
  };
  return createTierBook(
    (symbol) => cacheOf(symbol).read(),
    bundledTiers,
    now,
    () => {
      for (const cache of caches.values()) cache.retry();
    },
  );
}

/** An answer whose brackets cannot be: what was told before stands in. */
export const unsoundTiers = (name: string, symbol: string): VenueError => ({
  kind: 'schema',
  message: cause('brackets', { venue: name, symbol }),
  detail: `unsound brackets of ${symbol}`,
  retryAtMs: null,
});
