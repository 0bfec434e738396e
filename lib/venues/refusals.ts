import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';

import type { VenueEnvironment } from './venue';

const FIRST_WAIT_MS = MINUTE_MS;
const MOST_WAIT_MS = 30 * MINUTE_MS;
/** What is asked for again counts as accepted once the venue has not refused it for so long. */
const ANSWER_MS = 10 * SECOND_MS;

/** The subscriptions that a venue refused on one connection: asked for again, ever later, until it takes them. */
export interface Refusals {
  /** Gives when they are asked for again. */
  add(params: readonly string[]): number;
  has(param: string): boolean;
  /** Ask again now. */
  retry(): void;
  cancel(): void;
}

/** Whether a subscription is what a refusal names: `trades BTC`, or all of `trades`. */
export const isNamed =
  (name: string) =>
  (param: string): boolean =>
    param === name || param.startsWith(`${name} `);

export interface RefusalsOptions extends Pick<VenueEnvironment, 'now' | 'setTimer'> {
  readonly isWanted: (param: string) => boolean;
  readonly askAgain: (params: readonly string[]) => void;
  /** These are refused no more; `isAll` where no others are. */
  readonly onAccepted: (params: readonly string[], isAll: boolean) => void;
}

/** First after a minute, then ever later, up to half an hour. */
export function createRefusals({ now, setTimer, isWanted, askAgain, onAccepted }: RefusalsOptions): Refusals {
  const refused = new Set<string>();
  /** Those of them that were asked for again and not refused since. */
  let asked = new Set<string>();
  let cancelTimer: (() => void) | null = null;
  let retryAtMs = 0;
  let failures = 0;

  const judge = (): void => {
    cancelTimer = null;
    for (const param of asked) refused.delete(param);
    const accepted = [...asked];
    asked = new Set();
    if (refused.size > 0) schedule();
    else failures = 0;
    if (accepted.length > 0) onAccepted(accepted, refused.size === 0);
  };

  const ask = (): void => {
    asked = new Set(refused);
    askAgain([...refused].filter(isWanted));
    retryAtMs = now() + ANSWER_MS;
    cancelTimer = setTimer(judge, ANSWER_MS);
  };

  const schedule = (): void => {
    const waitMs = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    failures += 1;
    retryAtMs = now() + waitMs;
    cancelTimer = setTimer(ask, waitMs);
  };

  return {
    has: (param) => refused.has(param),
    add(params) {
      for (const param of params) {
        refused.add(param);
        asked.delete(param);
      }
      if (cancelTimer === null && refused.size > 0) schedule();
      return retryAtMs;
    },
    retry() {
      if (cancelTimer === null || asked.size > 0) return;
      cancelTimer();
      ask();
    },
    cancel() {
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
