import type { Result } from '@/lib/core/result';
import { HOUR_MS, type Clock } from '@/lib/core/time';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { VenueError } from '@/lib/venues/venue';

import { bundledTiers } from './bundled-tiers';

/** After a failure the bundled brackets serve this long before the venue is asked again. */
const RETRY_MS = HOUR_MS;

/** The session's risk tiers: one request for all contracts, kept up by what the stream pushes. */
export interface TierCache {
  /** Fails never: the bundled tiers stand in. */
  read(symbol: string): Promise<RiskTiers>;
  push(symbol: string, tiers: RiskTiers): void;
  /** Ask the venue again after a failure. */
  retry(): void;
}

export function createTierCache(
  fetchAll: () => Promise<Result<ReadonlyMap<string, RiskTiers>, VenueError>>,
  now: Clock,
): TierCache {
  const pushed = new Map<string, RiskTiers>();
  let listed: Promise<ReadonlyMap<string, RiskTiers> | null> | null = null;
  let retryAtMs = Infinity;

  const readAll = () => {
    if (now() >= retryAtMs) listed = null;
    listed ??= fetchAll().then((result) => {
      retryAtMs = result.ok ? Infinity : now() + RETRY_MS;
      return result.ok ? result.value : null;
    });
    return listed;
  };

  return {
    async read(symbol) {
      return pushed.get(symbol) ?? (await readAll())?.get(symbol) ?? bundledTiers(symbol);
    },
    push(symbol, tiers) {
      pushed.set(symbol, tiers);
    },
    retry() {
      if (retryAtMs !== Infinity) retryAtMs = 0;
    },
  };
}
