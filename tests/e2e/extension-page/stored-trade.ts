import type { Bar } from '@/lib/market/bar';
import type { ContractId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import { openMarketLog } from '@/lib/store/log/open-market-log';

/** What was traded and liquidated of a contract. */
export interface StoredTrade {
  readonly bars: readonly Bar[];
  readonly liquidations: readonly Liquidation[];
}

/** Runs in a page of the extension: what its own database holds of a contract since a moment. */
export async function storedTrade(contractId: ContractId, fromMs: number): Promise<StoredTrade> {
  const { log } = await openMarketLog(() => {});
  return {
    bars: await log.readBars(contractId, fromMs),
    liquidations: await log.readLiquidations(contractId, fromMs),
  };
}
