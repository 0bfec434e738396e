import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';

/** What is told every few seconds, whatever happens in a market: without it the venue has forgotten the contract. */
const CONTINUOUS = 'mark';
const CONTINUOUS_MS = 30 * SECOND_MS;
const MOST_CONTINUOUS_MS = 10 * MINUTE_MS;
/** In what is told only when somebody trades there may be nothing to tell for so long. */
const TRADED: ReadonlySet<string> = new Set(['trades', 'bars']);
const TRADED_MS = 5 * MINUTE_MS;
const MOST_TRADED_MS = 30 * MINUTE_MS;

/** What a subscription tells of which contract: a control, or something that may be silent for days. */
export interface SubscriptionSource {
  readonly stream: string;
  readonly symbol: string;
}

/** Of subscriptions named `topic symbol`. */
export const sourceByTopic =
  (streams: Readonly<Record<string, string>>) =>
  (param: string): SubscriptionSource | null => {
    const [topic, symbol] = param.split(' ') as [string, string | undefined];
    return symbol === undefined ? null : { stream: streams[topic] ?? topic, symbol };
  };

interface Watched extends SubscriptionSource {
  askedMs: number;
  heardMs: number;
  /** How often it was asked for again since it last was well. */
  tries: number;
}

/**
 * The single subscriptions of a connection: one that a venue dropped without a word, while those of other contracts deliver, is
 * asked for again, and ever later while it stays silent. Machine time.
 */
export interface SubscriptionWatch {
  asked(param: string, source: SubscriptionSource | null, nowMs: number): void;
  /** It is not wanted any more. */
  forget(param: string): void;
  heard(stream: string, symbol: string, nowMs: number): void;
  /** Of those that were asked for: which are due to be asked for again, and the contracts that are mute as of now. */
  look(
    isAsked: (param: string) => boolean,
    nowMs: number,
  ): { readonly due: readonly string[]; readonly mute: readonly string[] };
}

export function createSubscriptionWatch(): SubscriptionWatch {
  const watched = new Map<string, Watched>();
  const bySource = new Map<string, Map<string, Watched>>();
  /** When each stream last spoke of any contract that is watched. */
  const lastMs = new Map<string, number>();

  const sinceMs = ({ askedMs, heardMs }: Watched): number => Math.max(askedMs, heardMs);

  return {
    asked(param, source, nowMs) {
      if (source === null) return;
      const known = watched.get(param);
      if (known !== undefined) {
        known.askedMs = nowMs;
        return;
      }
      const entry: Watched = { ...source, askedMs: nowMs, heardMs: -Infinity, tries: 0 };
      watched.set(param, entry);
      const { stream, symbol } = source;
      if (!bySource.has(stream)) bySource.set(stream, new Map());
      bySource.get(stream)?.set(symbol, entry);
    },
    forget(param) {
      const entry = watched.get(param);
      if (entry === undefined) return;
      watched.delete(param);
      bySource.get(entry.stream)?.delete(entry.symbol);
    },
    heard(stream, symbol, nowMs) {
      const entry = bySource.get(stream)?.get(symbol);
      if (entry === undefined) return;
      entry.heardMs = nowMs;
      // One that merely speaks seldom must not be asked for ever again.
      if (entry.tries > 0 && nowMs - entry.askedMs >= MOST_CONTINUOUS_MS) entry.tries = 0;
      lastMs.set(stream, nowMs);
    },
    look(isAsked, nowMs) {
      const isSilent = (entry: Watched, firstMs: number, mostMs: number): boolean => {
        const isLeftBehind = (lastMs.get(entry.stream) ?? -Infinity) > sinceMs(entry);
        return isLeftBehind && nowMs - sinceMs(entry) >= Math.min(mostMs, firstMs * 2 ** entry.tries);
      };
      const waiting = [...watched].filter(([param]) => isAsked(param));
      const lost = new Set<string>();
      for (const [, entry] of waiting)
        if (entry.stream === CONTINUOUS && isSilent(entry, CONTINUOUS_MS, MOST_CONTINUOUS_MS)) lost.add(entry.symbol);
      const due = waiting.filter(([, entry]) =>
        lost.has(entry.symbol)
          ? nowMs - sinceMs(entry) >= CONTINUOUS_MS
          : TRADED.has(entry.stream) && isSilent(entry, TRADED_MS, MOST_TRADED_MS),
      );
      for (const [, entry] of due) entry.tries += 1;
      // Asked for again is not heard again.
      const mute = [...(bySource.get(CONTINUOUS)?.values() ?? [])].filter(
        (mark) => mark.tries > 0 && mark.heardMs < mark.askedMs,
      );
      return { due: due.map(([param]) => param), mute: mute.map(({ symbol }) => symbol) };
    },
  };
}
