import type { Contract } from '@/lib/market/contract';
import type { BookConfig } from '@/lib/model/book-config';
import { mixFromPositions, type MixEvidence } from '@/lib/model/observed-mix';
import type { MarketLog } from '@/lib/store/log/market-log';

import { COUNTED_MS } from './account-panel';

/**
 * Takes the mix that the stored panel of accounts shows for the one in force up to its time; false where too little of the open
 * interest is known. As a learned mix it is stored, so that every later fold is made under the very same.
 */
export async function learnObserved(
  contract: Contract,
  stated: BookConfig,
  log: MarketLog,
  evidence: Omit<MixEvidence, 'positions'>,
): Promise<boolean> {
  const holdings = await log.readHoldings(contract.id);
  const young = [...holdings.values()].filter(({ observedMs }) => observedMs >= evidence.throughMs - COUNTED_MS);
  const mix = mixFromPositions({ ...evidence, positions: young }, stated);
  if (mix !== null) await log.writeMix(contract.id, mix);
  return mix !== null;
}
