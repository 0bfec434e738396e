import type { ContractId } from '@/lib/market/contract';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import type { ScoreRows } from '@/tests/e2e/score-rows';

/** Runs in a page of the extension: stores what would have been scored had somebody watched; returns how many rows it took. */
export async function appendScores(contractId: ContractId, { bars, places }: ScoreRows): Promise<number> {
  const { log } = await openMarketLog(() => {});
  const [ofBars, ofPlaces] = await Promise.all([
    log.appendBarScores(contractId, bars),
    log.appendLocationScores(contractId, places),
  ]);
  return ofBars.addedCount + ofPlaces.addedCount;
}
