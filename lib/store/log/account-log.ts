import type { ObservedPosition } from '@/lib/market/account-position';

import { isObservedPosition, isRow } from './row-checks';
import type { BrokenListener } from './series-log';
import type { Row, Tables } from './tables';

/** Numbers of one position. */
const WIDTH = 6;

/** What public accounts were seen to hold of a contract, by account. */
export type Holdings = ReadonlyMap<string, ObservedPosition>;

/** The newest panel of each contract: who holds what as far as it was asked, and nothing else about anybody. */
export interface AccountLog {
  /** Replaces what was stored of the contract. */
  writeHoldings(contractId: string, holdings: Holdings): Promise<void>;
  /** Empty where nothing is stored. */
  readHoldings(contractId: string): Promise<Map<string, ObservedPosition>>;
}

/** Over the table `holdings`, one row a contract; rows that cannot be true are dropped and told to `onBroken`. */
export function createAccountLog(tables: Tables, onBroken: BrokenListener): AccountLog {
  return {
    writeHoldings: (contractId, holdings) =>
      tables.write('holdings', (rows) => rows.put({ contractId, ...rowFromHoldings(holdings) })),

    async readHoldings(contractId) {
      const row = await tables.read('holdings', (rows) => rows.get([contractId]));
      const { holdings, brokenCount } = holdingsFromRow(row);
      if (brokenCount > 0) onBroken('holdings', contractId, brokenCount);
      return holdings;
    },
  };
}

function rowFromHoldings(holdings: Holdings): Row {
  const numbers = new Float64Array(holdings.size * WIDTH);
  let at = 0;
  for (const { observedMs, positionSide, qty, entryPrice, leverage, isCross, liquidationPrice } of holdings.values()) {
    const signedQty = positionSide === 'long' ? qty : -qty;
    numbers.set([observedMs, signedQty, entryPrice, leverage, isCross ? 1 : 0, liquidationPrice ?? NaN], at);
    at += WIDTH;
  }
  return { accounts: [...holdings.keys()], numbers };
}

/** Forgets accounts that were last seen before `beforeMs`. */
export const pruneHoldings = (tables: Tables, contractId: string, beforeMs: number): Promise<void> =>
  tables.write('holdings', async (rows) => {
    const { holdings } = holdingsFromRow(await rows.get([contractId]));
    const kept = new Map([...holdings].filter(([, { observedMs }]) => observedMs >= beforeMs));
    if (kept.size === holdings.size) return undefined;
    return kept.size === 0 ? rows.deleteOwner(contractId) : rows.put({ contractId, ...rowFromHoldings(kept) });
  });

/** What is stored, without those that cannot be true. */
function holdingsFromRow(row: unknown): {
  readonly holdings: Map<string, ObservedPosition>;
  readonly brokenCount: number;
} {
  const holdings = new Map<string, ObservedPosition>();
  if (row === undefined) return { holdings, brokenCount: 0 };
  const { accounts, numbers } = isRow(row) ? row : {};
  const isWhole =
    Array.isArray(accounts) && numbers instanceof Float64Array && numbers.length === accounts.length * WIDTH;
  if (!isWhole) return { holdings, brokenCount: 1 };
  (accounts as readonly unknown[]).forEach((account, i) => {
    const [observedMs, signedQty, entryPrice, leverage, isCross, liquidationPrice] = numbers.subarray(i * WIDTH);
    const position: ObservedPosition = {
      observedMs,
      positionSide: signedQty > 0 ? 'long' : 'short',
      qty: Math.abs(signedQty),
      entryPrice,
      leverage,
      isCross: isCross === 1,
      liquidationPrice: Number.isNaN(liquidationPrice) ? null : liquidationPrice,
    };
    if (typeof account === 'string' && isObservedPosition(position)) holdings.set(account, position);
  });
  return { holdings, brokenCount: accounts.length - holdings.size };
}
