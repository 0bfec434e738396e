import { namesContract, venueIdOf, type ContractId, type VenueId } from '@/lib/market/contract';
import type { RecordedSpan } from '@/lib/market/liquidation';

/** A venue's events that found no room, and the time of the newest. */
interface Lost {
  readonly count: number;
  readonly newestMs: number;
}

const NOTHING_LOST: Lost = { count: 0, newestMs: -Infinity };

/** Events that found no room to be stored in: the stretches that lack them must not be called recorded. */
export interface LostEvents {
  add(venueId: VenueId, timeMs: number): void;
  countOf(owner: VenueId | ContractId): number;
  readonly total: number;
  /** Whether the owner's next stretch lacks nothing. What was lost until now is no matter of those after it. */
  judgeNext(owner: VenueId | ContractId, span: RecordedSpan): boolean;
}

export function createLostEvents(): LostEvents {
  const lost = new Map<VenueId, Lost>();
  /** How many of its venue's lost events each owner's stretches have already given way to. */
  const excused = new Map<VenueId | ContractId, number>();

  const lostOf = (owner: VenueId | ContractId): Lost =>
    lost.get(namesContract(owner) ? venueIdOf(owner) : owner) ?? NOTHING_LOST;

  return {
    add(venueId, timeMs) {
      const { count, newestMs } = lostOf(venueId);
      lost.set(venueId, { count: count + 1, newestMs: Math.max(newestMs, timeMs) });
    },

    countOf: (owner) => lostOf(owner).count,

    get total() {
      return [...lost.values()].reduce((sum, { count }) => sum + count, 0);
    },

    judgeNext(owner, span) {
      const { count, newestMs } = lostOf(owner);
      const isExcused = count === (excused.get(owner) ?? 0);
      excused.set(owner, count);
      // What was recorded since the last stretch lacks what was lost meanwhile, whoever of the venue's owners is told first; where a
      // venue tells late, stretches that are still to come do.
      return isExcused && span.fromMs > newestMs;
    },
  };
}
