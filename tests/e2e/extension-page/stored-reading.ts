import type { ContractId } from '@/lib/market/contract';
import { usdBetween } from '@/lib/market/profile';
import { profileOfSlot } from '@/lib/model/column-slot';
import { columnFromStored } from '@/lib/model/history';
import { openMarketLog } from '@/lib/store/log/open-market-log';

/** What the stored columns of a moment say of a price; USD. */
export interface StoredReading {
  readonly distance: number;
  readonly longUsd: number;
  readonly shortUsd: number;
  readonly toHereUsd: number;
}

declare const chrome: {
  readonly storage: { readonly local: { get(key: string): Promise<{ 'last-market': readonly { id: ContractId }[] }> } };
};

/** Runs in a page of the extension: of all contracts that the map adds up, out of its own database. */
export async function storedReading(timeMs: number, price: number): Promise<StoredReading | null> {
  const { 'last-market': contracts } = await chrome.storage.local.get('last-market');
  const { log } = await openMarketLog(() => {});
  const slot = await Promise.all(
    contracts.map(async ({ id }) => {
      const [stored] = await log.readColumns(id, timeMs, timeMs + 1);
      return stored === undefined ? null : columnFromStored(stored.column);
    }),
  );
  const profile = profileOfSlot(slot);
  if (profile === null) return null;
  const near = usdBetween(profile, price * 0.999, price * 1.001);
  const way = usdBetween(profile, profile.markPrice, price);
  return {
    distance: price / profile.markPrice - 1,
    longUsd: near.long,
    shortUsd: near.short,
    toHereUsd: price < profile.markPrice ? way.long : way.short,
  };
}
