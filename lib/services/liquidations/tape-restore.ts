import type { TimeSpan } from '@/lib/core/ranges';
import { floorToStep, HOUR_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';
import type { MarketLog } from '@/lib/store/log/market-log';

import type { RecordedSpans } from './recorded-spans';

const LONGEST_MS = Math.max(...LIQUIDATION_WINDOWS_MS);
/** The past is read back in pieces, between which events go on. */
const STEP_MS = 6 * HOUR_MS;

/** Reads back, once per venue, what is stored of the longest window. */
export interface TapeRestore {
  restore(venueId: VenueId): Promise<void>;
  isRestored(venueId: VenueId): boolean;
  /** Once all that was begun is done. */
  settled(): Promise<unknown>;
}

export interface TapeRestoreOptions {
  readonly openLog: Promise<MarketLog>;
  /** Machine time at which the record began. */
  readonly startMs: number;
  readonly spans: RecordedSpans;
  readonly onEvent: (venueId: VenueId, symbol: string, liquidation: Liquidation) => void;
  readonly onError: (cause: unknown) => void;
}

export function createTapeRestore({ openLog, startMs, spans, onEvent, onError }: TapeRestoreOptions): TapeRestore {
  const restoring = new Map<VenueId, Promise<void>>();
  /** Pieces of the past that are not read back. */
  const unreadOf = new Map<VenueId, TimeSpan[]>();
  const done = new Set<VenueId>();

  const pastOf = (): TimeSpan[] => {
    // First what was stored since the start, while all of it is still known as counted. What came in while the machine's clock
    // was ahead seems to be still to come.
    const pieces = [{ startMs, endMs: Infinity }];
    for (let fromMs = floorToStep(startMs - LONGEST_MS, HOUR_MS); fromMs < startMs; fromMs += STEP_MS)
      pieces.push({ startMs: fromMs, endMs: Math.min(fromMs + STEP_MS, startMs) });
    return pieces;
  };

  const restoreFrom = async (log: MarketLog, venueId: VenueId): Promise<void> => {
    spans.load(venueId, await log.readFeedSpans(venueId));
    await log.settleTape(venueId, startMs);
    const unread = unreadOf.get(venueId) ?? pastOf();
    unreadOf.set(venueId, unread);
    for (; unread.length > 0; unread.shift())
      await log.readTape(venueId, unread[0].startMs, unread[0].endMs, (symbol, liquidation) =>
        onEvent(venueId, symbol, liquidation),
      );
  };

  /** What a store refuses to tell stays unknown until it is asked for again, and the record goes on. */
  const restore = async (venueId: VenueId): Promise<void> => {
    try {
      await restoreFrom(await openLog, venueId);
      done.add(venueId);
    } catch (cause) {
      restoring.delete(venueId);
      onError(cause);
    }
  };

  return {
    restore(venueId) {
      const running = restoring.get(venueId) ?? restore(venueId);
      restoring.set(venueId, running);
      return running;
    },
    isRestored: (venueId) => done.has(venueId),
    settled: () => Promise.all(restoring.values()),
  };
}
