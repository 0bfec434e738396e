import { MINUTE_MS } from '@/lib/core/time';
import type { StreamHealth, StreamName } from '@/lib/market/health';

import type { VenueEnvironment } from './venue';

/** So long after the last absurd figure a stream is shown as what it is. */
const DOUBT_MS = MINUTE_MS;

/** Remembers which streams of a venue told something that cannot be, and lays it over their health. */
export interface Doubts {
  /** Something of the stream was left out, for this reason. */
  raise(stream: StreamName, detail: string): void;
  over(streams: readonly StreamHealth[]): readonly StreamHealth[];
  forget(): void;
}

/** `onChange` also when a doubt has passed, a minute after the last absurd figure. */
export function createDoubts(
  { now, setTimer }: Pick<VenueEnvironment, 'now' | 'setTimer'>,
  onChange: () => void,
): Doubts {
  const doubts = new Map<StreamName, { sinceMs: number; lastMs: number; detail: string }>();
  /** Never less, whatever is forgotten: who notes what was received learns by it that something was left out. */
  const leftOut = new Map<StreamName, number>();
  let isWaiting = false;

  const settle = (): void => {
    isWaiting = false;
    for (const [stream, { lastMs }] of doubts) if (now() - lastMs >= DOUBT_MS) doubts.delete(stream);
    if (doubts.size > 0) wait();
    onChange();
  };
  const wait = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    setTimer(settle, DOUBT_MS);
  };

  return {
    raise(stream, detail) {
      const known = doubts.get(stream);
      doubts.set(stream, {
        sinceMs: known?.sinceMs ?? now(),
        lastMs: now(),
        detail,
      });
      leftOut.set(stream, (leftOut.get(stream) ?? 0) + 1);
      wait();
      if (known === undefined) onChange();
    },
    over: (streams) =>
      streams.map((each) => {
        const doubt = doubts.get(each.stream);
        const counted = { ...each, brokenCount: each.brokenCount + (leftOut.get(each.stream) ?? 0) };
        if (doubt === undefined) return counted;
        const { sinceMs, detail } = doubt;
        return { ...counted, state: 'down', sinceMs, detail };
      }),
    forget: () => doubts.clear(),
  };
}
