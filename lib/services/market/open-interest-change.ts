import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import type { ContractId } from '@/lib/market/contract';

interface Sample {
  readonly timeMs: number;
  readonly amount: number;
}

/** How open interest changed within a day, once it has been looked at for as long; one look an hour is kept, in memory. */
export interface OpenInterestChange {
  /** In the contract's unit: a price that moves is no change. */
  add(id: ContractId, timeMs: number, amount: number): void;
  /**
   * As a fraction, each contract by its worth now. Of those that were seen a day ago too: a venue that came later is no
   * change. Null where none was.
   */
  of(contracts: readonly { readonly id: ContractId; readonly usd: number }[], nowMs: number): number | null;
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
      let before = 0;
      let now = 0;
      for (const { id, usd } of contracts) {
        const samples = samplesOf.get(id);
        if (samples === undefined || samples.hourly[0].timeMs > nowMs - DAY_MS + HOUR_MS) continue;
        before += usd * (samples.hourly[0].amount / samples.last.amount);
        now += usd;
      }
      return before > 0 ? now / before - 1 : null;
    },
  };
}
