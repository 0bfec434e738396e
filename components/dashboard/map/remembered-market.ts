import type { Contract } from '@/lib/market/contract';
import { isContract } from '@/lib/store/log/row-checks';
import { storedItem } from '@/lib/store/stored-item';

const lastMarket = storedItem<readonly unknown[]>('last-market', []);

/** The contracts that the map last added up, the shown one first: to begin with before the venues' lists are read. */
export async function rememberedMarket(): Promise<readonly Contract[]> {
  const stored = await lastMarket.getValue();
  return Array.isArray(stored) && stored.every(isContract) ? stored : [];
}

export const rememberMarket = (contracts: readonly Contract[]): Promise<void> => lastMarket.setValue(contracts);
