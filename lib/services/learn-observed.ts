import type { Contract } from '@/lib/market/contract';
import type { BookConfig } from '@/lib/model/book-config';
import { mixFromPositions } from '@/lib/model/observed-mix';
import type { MarketLog } from '@/lib/store/market-log';

import { COUNTED_MS } from './account-panel';

/**
 * Takes the mix that the stored panel of accounts shows for the one in force up to `throughMs`; false where too little of the open
 * interest is known. As a learned mix it is stored, so that every later fold is made under the very same.
 */
export async function learnObserved(
  contract: Contract,
  stated: BookConfig,
  log: MarketLog,
  openInterest: number,
  throughMs: number,
): Promise<boolean> {
  const holdings = await log.readHoldings(contract.id);
  const young = [...holdings.values()].filter(({ observedMs }) => observedMs >= throughMs - COUNTED_MS);
  const mix = mixFromPositions(young, stated, openInterest, throughMs);
  if (mix !== null) await log.writeMix(contract.id, mix);
  return mix !== null;
}
