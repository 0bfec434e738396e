import type { Result } from '@/lib/core/result';
import type { Clock } from '@/lib/core/time';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createListCache } from '@/lib/venues/list-cache';
import type { VenueError } from '@/lib/venues/venue';

/** The session's risk tiers: one request for all contracts, kept up by what the stream pushes. */
export interface TierCache {
  /** Fails never: the bundled tiers stand in. */
  read(symbol: string): Promise<RiskTiers>;
  readonly push: (symbol: string, tiers: RiskTiers) => void;
  /** Ask the venue again after a failure. */
  retry(): void;
}

export function createTierCache(
  fetchAll: () => Promise<Result<ReadonlyMap<string, RiskTiers>, VenueError>>,
  bundledTiers: (symbol: string) => RiskTiers,
  now: Clock,
): TierCache {
  const pushed = new Map<string, RiskTiers>();
  const listed = createListCache(fetchAll, now);
  return {
    async read(symbol) {
      return pushed.get(symbol) ?? (await listed.read())?.get(symbol) ?? bundledTiers(symbol);
    },
    push: (symbol, tiers) => void pushed.set(symbol, tiers),
    retry: () => listed.retry(),
  };
}
