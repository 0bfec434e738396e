import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import type { ContractId } from '@/lib/market/contract';

interface Sample {
  readonly timeMs: number;
  readonly usd: number;
}

/** How open interest changed since the oldest look within a day; one look an hour is kept, in memory. */
export interface OpenInterestChange {
  add(id: ContractId, timeMs: number, usd: number): void;
  /** Of those of the contracts that were seen at the beginning too: a venue that answers no more is no change. */
  of(contractIds: readonly ContractId[], nowMs: number): { readonly fraction: number; readonly sinceMs: number } | null;
}

export function createOpenInterestChange(): OpenInterestChange {
  const samplesOf = new Map<ContractId, { hourly: Sample[]; last: Sample }>();
  return {
    add(id, timeMs, usd) {
      if (!(usd > 0)) return;
      const sample = { timeMs, usd };
      const known = samplesOf.get(id);
      const hourly = (known?.hourly ?? []).filter((each) => each.timeMs > timeMs - DAY_MS);
      const newest = hourly.at(-1);
      if (newest === undefined || timeMs - newest.timeMs >= HOUR_MS) hourly.push(sample);
      samplesOf.set(id, { hourly, last: sample });
    },
    of(contractIds, nowMs) {
      const known = contractIds.flatMap((id) => samplesOf.get(id) ?? []);
      const sinceMs = Math.min(...known.map(({ hourly }) => hourly[0].timeMs));
      const whole = known.filter(({ hourly }) => hourly[0].timeMs < sinceMs + HOUR_MS);
      const before = whole.reduce((sum, { hourly }) => sum + hourly[0].usd, 0);
      const now = whole.reduce((sum, { last }) => sum + last.usd, 0);
      const isSecondLook = whole.some(({ hourly, last }) => last.timeMs > hourly[0].timeMs);
      return isSecondLook && sinceMs < nowMs ? { fraction: now / before - 1, sinceMs } : null;
    },
  };
}
