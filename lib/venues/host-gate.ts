import { cause } from '@/lib/core/cause';
import { MINUTE_MS } from '@/lib/core/time';

import type { VenueEnvironment, VenueError } from './venue';

/** A refusal for the user's location is not asked about more often than this, unless the user says so. */
export const BLOCKED_PROBE_MS = 15 * MINUTE_MS;

/** Whether requests to one host may be sent at all. */
export interface HostGate {
  /** Why nothing may be sent now, or null. Once a block is old enough it lets a single request through as a probe. */
  refusal(): Promise<VenueError | null>;
  /** The host said `limited` or `blocked`: nothing is sent before the error's `retryAtMs`. */
  shut(error: VenueError): void;
  /** The host answered as it should: it blocks no longer. A wait lasts as long as it said. */
  open(): void;
  /** A request died without an answer: the error to report if it was for lack of host access, else null. */
  withheldError(): Promise<VenueError | null>;
  /** Forget waits and blocks. */
  reset(): void;
}

/** `name`: the venue's, for messages. `hostPattern`: as in the manifest, `https://fapi.binance.com/*`. */
export function createHostGate(
  name: string,
  hostPattern: string,
  environment: Pick<VenueEnvironment, 'hasHostAccess' | 'now'>,
): HostGate {
  let shutBy: VenueError | null = null;
  let isAccessKnown = false;

  const withheldError = async (): Promise<VenueError | null> => {
    // Where the question itself fails nothing is known to be withheld: the request will tell.
    const hasAccess = await environment.hasHostAccess(hostPattern).catch(() => true);
    isAccessKnown = hasAccess;
    if (hasAccess) return null;
    return {
      kind: 'withheld',
      message: cause('withheld', { venue: name }),
      detail: `no host access to ${hostPattern}`,
      retryAtMs: null,
    };
  };

  return {
    async refusal() {
      const nowMs = environment.now();
      if (shutBy !== null) {
        if (nowMs < (shutBy.retryAtMs ?? nowMs)) return shutBy;
        // Others keep waiting while this one probes.
        shutBy = shutBy.kind === 'blocked' ? { ...shutBy, retryAtMs: nowMs + BLOCKED_PROBE_MS } : null;
      }
      return isAccessKnown ? null : withheldError();
    },
    shut(error) {
      shutBy = error;
    },
    open() {
      // A request sent before the host asked for a wait may be answered after it: the wait still holds.
      if (shutBy?.kind !== 'limited') shutBy = null;
    },
    withheldError,
    reset() {
      shutBy = null;
      isAccessKnown = false;
    },
  };
}
