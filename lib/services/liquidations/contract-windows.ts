import { LIQUIDATION_WINDOWS_MS, type ByWindow, type LiquidatedSums } from '@/lib/market/realised';
import type { ContractWindow } from '@/lib/market/summary';

/** Those of `LIQUIDATION_WINDOWS_MS` that a contract's own panel shows: 1 h, 4 h and 24 h. */
const CONTRACT_WINDOWS = [1, 2, 4] as const;

/** What a contract's own panel shows of its sums, with the share of each window that was recorded. */
export const contractWindows = (
  sums: ByWindow<LiquidatedSums>,
  recordedShareOf: (windowMs: number) => number,
): ContractWindow[] =>
  CONTRACT_WINDOWS.map((window) => {
    const windowMs = LIQUIDATION_WINDOWS_MS[window];
    const { longUsd, shortUsd, longCorrectedUsd, shortCorrectedUsd } = sums[window];
    return {
      windowMs,
      longUsd,
      shortUsd,
      correctedUsd: longCorrectedUsd + shortCorrectedUsd,
      recordedShare: recordedShareOf(windowMs),
    };
  });
