import { SECOND_MS } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';
import type { Venue } from '@/lib/venues/venue';

import type { LiveMarket } from './live-market';
import { RATIO_POLL_MS, type PolledFigures } from './polled-figures';

const SNAPSHOT_POLL_MS = 15 * SECOND_MS;

export interface ContractPollsOptions {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly live: LiveMarket;
  readonly figures: PolledFigures;
  readonly environment: ServiceEnvironment;
  /** While nobody looks nothing is asked for. */
  readonly isSeen: () => boolean;
  /** With the venue's time, where it states one. */
  readonly onSnapshot: (venueTimeMs: number | null) => void;
  readonly onError: (cause: unknown) => void;
  readonly signal: AbortSignal;
}

/** Asks again and again how things stand, until the signal aborts. What it returns asks at once. */
export function pollContract(options: ContractPollsOptions): () => void {
  const { venue, contract, live, figures, environment, isSeen, onError, signal } = options;

  const pollSnapshot = async (): Promise<void> => {
    // Without the first there may be no map.
    if (!isSeen() && !Number.isNaN(live.openInterest)) return;
    const snapshot = await venue.fetchSnapshot(contract.symbol, signal);
    if (!snapshot.ok) return;
    live.onSnapshot(snapshot.value);
    options.onSnapshot(snapshot.value.venueTimeMs);
  };
  const pollRatio = async (): Promise<void> => (isSeen() ? figures.pollRatio() : undefined);

  poll(pollSnapshot, SNAPSHOT_POLL_MS, environment, signal, onError);
  poll(pollRatio, RATIO_POLL_MS, environment, signal, onError);
  return () => void Promise.all([pollSnapshot(), pollRatio()]).catch(onError);
}
