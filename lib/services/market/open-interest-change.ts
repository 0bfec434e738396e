import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import type { ContractId } from '@/lib/market/contract';

interface Sample {
  readonly timeMs: number;
  readonly amount: number;
}

/** How open interest changed since the oldest look within a day; one look an hour is kept, in memory. */
export interface OpenInterestChange {
  /** In the contract's unit: a price that moves is no change. */
  add(id: ContractId, timeMs: number, amount: number): void;
  /**
   * Each by its worth now. Of those of the contracts that were seen at the beginning too: a venue that answers no more is no
   * change.
   */
  of(
    contracts: readonly { readonly id: ContractId; readonly usd: number }[],
    nowMs: number,
  ): { readonly fraction: number; readonly sinceMs: number } | null;
}

export function createOpenInterestChange(): OpenInterestChange {
  const samplesOf = new Map<ContractId, { hourly: Sample[]; last: Sample }>();
  return {
    add(id, timeMs, amount) {
      if (!(amount > 0)) return;
      const sample = { timeMs, amount };
      const known = samplesOf.get(id);
      const hourly = (known?.hourly ?? []).filter((each) => each.timeMs > timeMs - DAY_MS);
      const newest = hourly.at(-1);
      if (newest === undefined || timeMs - newest.timeMs >= HOUR_MS) hourly.push(sample);
      samplesOf.set(id, { hourly, last: sample });
    },
    of(contracts, nowMs) {
      const known = contracts.flatMap(({ id, usd }) => {
        const samples = samplesOf.get(id);
        return samples === undefined ? [] : [{ ...samples, usd }];
      });
      const sinceMs = Math.min(...known.map(({ hourly }) => hourly[0].timeMs));
      const whole = known.filter(({ hourly }) => hourly[0].timeMs < sinceMs + HOUR_MS);
      const before = whole.reduce((sum, { hourly, last, usd }) => sum + usd * (hourly[0].amount / last.amount), 0);
      const now = whole.reduce((sum, { usd }) => sum + usd, 0);
      const isSecondLook = whole.some(({ hourly, last }) => last.timeMs > hourly[0].timeMs);
      return isSecondLook && sinceMs < nowMs ? { fraction: now / before - 1, sinceMs } : null;
    },
  };
}
