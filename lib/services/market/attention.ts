import { MINUTE_MS, type Clock } from '@/lib/core/time';

/** Who reads figures does so at least this often: an alert rule every few seconds, an open report with every answer. */
const READ_MS = MINUTE_MS;

/** Whether anybody looks at a market: what can be asked for later waits until somebody does. */
export interface Attention {
  isPaid(): boolean;
  /** Figures are read although nobody is told them. */
  read(): void;
  /** Runs what may begin attention: somebody followed. */
  renew(follow: () => void): void;
}

/** `isHeard`: somebody is told what happens. `onReturn`: attention is paid again, after a time in which it was not. */
export function createAttention(isHeard: () => boolean, now: Clock, onReturn: () => void): Attention {
  let readMs = -Infinity;
  const isPaid = () => isHeard() || now() - readMs <= READ_MS;
  const renew = (begin: () => void) => {
    const wasPaid = isPaid();
    begin();
    if (!wasPaid && isPaid()) onReturn();
  };
  return {
    isPaid,
    renew,
    read: () =>
      renew(() => {
        readMs = now();
      }),
  };
}
