import { MINUTE_MS } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';

/** The stream takes a list up within a minute, and tells what it is asked for some seconds later. */
const TAKEN_UP_MS = 2 * MINUTE_MS;

/**
 * A venue's contracts as listed now, the new ones with the time from which its liquidations are told: lists are fetched once a
 * day, and the spans in which the venue was recorded until then say nothing of what nobody had asked for.
 */
export function withFeedStarts(
  listed: readonly Contract[],
  before: { readonly contracts: readonly Contract[]; readonly fetchedAtMs: number } | null,
  nowMs: number,
): readonly Contract[] {
  if (before === null) return listed;
  const known = new Map(before.contracts.map((contract) => [contract.symbol, contract]));
  return listed.map((contract) => {
    const earlier = known.get(contract.symbol);
    const isNew = earlier === undefined || (!earlier.isTrading && contract.listedTimeMs > before.fetchedAtMs);
    const feedFromMs = isNew ? nowMs + TAKEN_UP_MS : earlier.feedFromMs;
    return feedFromMs === undefined ? contract : { ...contract, feedFromMs };
  });
}
