import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import { namesContract, venueIdOf, type ContractId, type VenueId } from '@/lib/market/contract';
import type { RecordedSpan } from '@/lib/market/liquidation';
import { joinSpans, recordedShare, spansAfter } from '@/lib/market/recorded-share';

/** No window is longer. */
const LONGEST_MS = 8 * DAY_MS;
/** What is newer may not have been told yet, though it is being recorded. */
const UNTOLD_MS = MINUTE_MS;

/** When liquidations were being recorded, by venue for all its contracts, and by contract where they were fetched later. */
export interface RecordedSpans {
  /** What is stored of it. */
  load(owner: VenueId | ContractId, spans: readonly RecordedSpan[]): void;
  extend(owner: VenueId | ContractId, span: RecordedSpan): void;
  /** From then on its venue's spans are a contract's too. */
  begin(contractId: ContractId, feedFromMs: number): void;
  /** Of a contract these are its own and its venue's. */
  of(owner: VenueId | ContractId): readonly RecordedSpan[];
  /** Share of the window up to now, or up to the last moment that was recorded, 0 to 1. */
  share(owner: VenueId | ContractId, windowMs: number, nowMs: number): number;
}

export function createRecordedSpans(): RecordedSpans {
  const spansOf = new Map<string, RecordedSpan[]>();
  const feedFromMsOf = new Map<ContractId, number>();

  const of = (owner: VenueId | ContractId): readonly RecordedSpan[] => {
    const own = spansOf.get(owner) ?? [];
    if (!namesContract(owner)) return own;
    return [...own, ...spansAfter(spansOf.get(venueIdOf(owner)) ?? [], feedFromMsOf.get(owner) ?? -Infinity)];
  };

  return {
    begin: (contractId, feedFromMs) => void feedFromMsOf.set(contractId, feedFromMs),
    load(owner, spans) {
      spansOf.set(owner, joinSpans([...spans, ...(spansOf.get(owner) ?? [])]));
    },
    extend(owner, span) {
      const spans = (spansOf.get(owner) ?? []).filter(({ toMs }) => toMs > span.toMs - LONGEST_MS);
      spansOf.set(owner, joinSpans([...spans, span]));
    },
    of,
    share(owner, windowMs, nowMs) {
      const spans = of(owner);
      const newestMs = spans.reduce((newest, { toMs }) => Math.max(newest, toMs), -Infinity);
      const toMs = nowMs - newestMs < UNTOLD_MS ? Math.min(newestMs, nowMs) : nowMs;
      return recordedShare(spans, toMs - windowMs, toMs);
    },
  };
}
