import type { Contract } from '@/lib/market/contract';
import type { BookConfig } from '@/lib/model/book-config';
import type { LearningState } from '@/lib/model/leverage-learning';
import { nextMix } from '@/lib/model/next-mix';
import { unpackLearning } from '@/lib/model/pack-learning';
import type { MarketLog } from '@/lib/store/log/market-log';

/** Half a year of evidence may be a hundred thousand rows of each contract, all in memory at once: a month's of its own is kept apart. */
const OWN_ROWS = 20_000;
/** Others are but a prior. */
const OTHERS_ROWS = 2_000;

/** Contracts of one group may lend each other what they learned: one venue, one kind of asset, the same classes. */
export const learningGroup = ({ venueId, assetClass, settlement }: Contract, { classes }: BookConfig): string =>
  [venueId, assetClass, settlement, ...classes.map(({ leverage }) => leverage)].join(' ');

/** Learns the next mix from what is stored, and puts it in force; false where there is too little to learn from. */
export async function learnMix(contract: Contract, stated: BookConfig, log: MarketLog): Promise<boolean> {
  const own = await readState(contract.id, OWN_ROWS, contract, stated, log);
  if (own === null) return false;
  const others: LearningState[] = [];
  for (const owner of await log.readLearningOwners()) {
    const state = owner === contract.id ? null : await readState(owner, OTHERS_ROWS, contract, stated, log);
    if (state !== null) others.push(state);
  }
  const mix = nextMix(own, others, stated, own.throughMs);
  if (mix === null) return false;
  await log.writeMix(contract.id, mix);
  return true;
}

/** What is stored of a contract, if it is of this one's group. */
async function readState(owner: string, mostRows: number, contract: Contract, stated: BookConfig, log: MarketLog) {
  const stored = await log.readLearning(owner);
  if (stored === null || stored.group !== learningGroup(contract, stated)) return null;
  return unpackLearning(stored, stated.classes.length, mostRows);
}
