import type { ContractId } from '@/lib/market/contract';
import { columnFromStored, profileFromColumn } from '@/lib/model/history';
import { openMarketLog } from '@/lib/store/log/open-market-log';

/** USD of every stored column by its time, and of the liquidations. */
export interface StoredSums {
  readonly columns: readonly { readonly timeMs: number; readonly longUsd: number; readonly shortUsd: number }[];
  readonly liquidations: readonly { readonly timeMs: number; readonly qty: number; readonly price: number }[];
}

/** Runs in a page of the extension: what its own database holds of a contract in a stretch, both ends included. */
export async function storedSums(contractId: ContractId, fromMs: number, toMs: number): Promise<StoredSums> {
  const { log } = await openMarketLog(() => {});
  const columns = await log.readColumns(contractId, fromMs, toMs + 1);
  const liquidations = await log.readLiquidations(contractId, fromMs, toMs + 1);
  return {
    columns: columns.flatMap(({ timeMs, column }) => {
      const read = columnFromStored(column);
      if (read === null) return [];
      const { long, short } = profileFromColumn(read);
      return [{ timeMs, longUsd: sumOf(long), shortUsd: sumOf(short) }];
    }),
    liquidations: liquidations.map(({ timeMs, qty, bankruptcyPrice }) => ({ timeMs, qty, price: bankruptcyPrice })),
  };
}

const sumOf = (usd: Float32Array): number => usd.reduce((sum, each) => sum + each, 0);
