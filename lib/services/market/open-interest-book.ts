import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { usdOf, type Contract, type ContractId } from '@/lib/market/contract';
import type { MarketLog } from '@/lib/store/log/market-log';

/** How far back a stored figure still says something about a venue that does not answer. */
const RECALL_MS = 7 * DAY_MS;

/** The newest open interest that was seen of each contract, USD of one side: what is missing while its venue is. */
export interface OpenInterestBook {
  observe(id: ContractId, usd: number): void;
  readonly usdOf: (id: ContractId) => number | null;
  /** Takes what the log has of a contract that was not observed in this life; true where that was something. */
  recall(contract: Contract, log: MarketLog, nowMs: number): Promise<boolean>;
}

export function createOpenInterestBook(): OpenInterestBook {
  const known = new Map<ContractId, number>();
  return {
    observe(id, usd) {
      if (usd > 0) known.set(id, usd);
    },
    usdOf: (id) => known.get(id) ?? null,
    async recall(contract, log, nowMs) {
      if (known.has(contract.id)) return false;
      const point = (await log.readOpenInterest(contract.id, nowMs - RECALL_MS)).at(-1);
      if (point === undefined) return false;
      const bar = (await log.readBars(contract.id, point.timeMs - BAR_MS, point.timeMs)).at(-1);
      const usd = usdOf(contract, point.openInterest, bar?.close ?? NaN);
      if (!(usd > 0) || known.has(contract.id)) return false;
      known.set(contract.id, usd);
      return true;
    },
  };
}
