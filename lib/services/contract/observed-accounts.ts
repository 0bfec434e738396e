import type { ObservedLayer } from '@/lib/market/observed';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig } from '@/lib/model/book-config';
import { observedLayer } from '@/lib/model/observed-layer';
import type { Venue } from '@/lib/venues/venue';

import { createAccountPanel, type AccountPanel, type AccountPanelOptions } from './account-panel';

/** A contract's public accounts: asked while it is followed, read beside its estimated map. */
export interface ObservedAccounts extends Pick<AccountPanel, 'onTrade'> {
  /** Beside this map of the contract; null while nothing is known. */
  layer(profile: Profile | null, tiers: RiskTiers | null): ObservedLayer | null;
}

/** Null where the venue publishes no positions. */
export function createObservedAccounts(
  venue: Venue,
  options: Omit<AccountPanelOptions, 'fetchPosition'>,
): ObservedAccounts | null {
  const { fetchPosition } = venue;
  if (fetchPosition === undefined) return null;
  const { contract, signal } = options;
  const panel = createAccountPanel({
    ...options,
    fetchPosition: (account) => fetchPosition(contract.symbol, account, signal),
  });
  return {
    onTrade: (trade) => panel.onTrade(trade),
    layer: (profile, tiers) =>
      profile === null || tiers === null
        ? null
        : observedLayer(contract, panel.positions(), profile, createBookConfig(tiers, contract.settlement)),
  };
}
