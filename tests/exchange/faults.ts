import type { VenueId } from '@/lib/market/contract';

/** What may go wrong, and how each shows in an answer (REST) and on a socket (stream). */
interface FaultKinds {
  /** Answers, handshakes and frames arrive later. */
  readonly latency: { readonly delayMs: number };
  /** The connection ends before an answer or handshake. */
  readonly refuse: object;
  /** The connection breaks in the middle of an answer; open sockets break at once, later ones after `afterMs` (default 0). */
  readonly drop: { readonly afterMs?: number };
  /** An HTTP error, also instead of the handshake, in the venue's words. */
  readonly status: { readonly status: number; readonly retryAfterSeconds?: number };
  /** JSON of the right keys with nonsense in them. */
  readonly malformed: object;
  /** Text cut in the middle. */
  readonly truncated: object;
  /** No frames, while the socket stays open and subscriptions are acknowledged; a request gets no answer. */
  readonly silent: object;
  /** Frames and rows come twice. */
  readonly duplicate: object;
  /** Neighbouring frames change places; rows come in reverse. */
  readonly reorder: object;
  /** The venue's own clock is off wherever it states it. */
  readonly skew: { readonly skewMs: number };
  /** Subscriptions are refused, in the venue's words; the match is against each one's name. */
  readonly deny: object;
  /** Neither answer nor handshake, ever. */
  readonly hang: object;
}

export type FaultKind = keyof FaultKinds;

export type Fault = {
  [Kind in FaultKind]: {
    readonly kind: Kind;
    readonly target: 'rest' | 'stream' | 'all';
    /** Only this venue; every venue without it. */
    readonly venue?: VenueId;
    /** Against path and query of a request or handshake, and against the stream's name of a frame. Default: everything. */
    readonly match?: RegExp;
    /** Ends after this many times. */
    readonly times?: number;
    /** Only every nth time, e.g. 3 for one frame in three. */
    readonly every?: number;
  } & FaultKinds[Kind];
}[FaultKind];

/** A fault of one kind. */
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { readonly kind: Kind }>;

export interface FaultBook {
  /** Returns the undo. */
  set(fault: Fault): () => void;
  clear(): void;
  /** Takes the faults of these kinds that strike now, by kind; each counts as one time. */
  strike<Kind extends FaultKind>(
    target: 'rest' | 'stream',
    subject: string,
    kinds: readonly Kind[],
    isEligible?: (fault: Fault) => boolean,
  ): { readonly [K in Kind]?: FaultOf<K> };
  /** Called when a fault is set. */
  onSet(listener: (fault: Fault) => void): void;
}

/** The faults that concern one venue. */
export const faultsOf = (book: FaultBook, venue: VenueId): FaultBook => {
  const isOurs = (fault: Fault): boolean => fault.venue === undefined || fault.venue === venue;
  return {
    set: (fault) => book.set(fault),
    clear: () => book.clear(),
    strike: (target, subject, kinds) => book.strike(target, subject, kinds, isOurs),
    onSet: (listener) => book.onSet((fault) => void (isOurs(fault) && listener(fault))),
  };
};

export const createFaultBook = (): FaultBook => {
  const faults = new Map<Fault, { seen: number; struck: number }>();
  const listeners: ((fault: Fault) => void)[] = [];
  return {
    set(fault) {
      faults.set(fault, { seen: 0, struck: 0 });
      for (const listener of listeners) listener(fault);
      return () => faults.delete(fault);
    },
    clear: () => faults.clear(),
    strike(target, subject, kinds, isEligible = () => true) {
      const struck: Record<string, Fault> = {};
      for (const [fault, count] of faults) {
        if (!(kinds as readonly FaultKind[]).includes(fault.kind) || !concerns(fault, target, subject)) continue;
        if (!isEligible(fault)) continue;
        count.seen++;
        if (fault.every !== undefined && count.seen % fault.every !== 0) continue;
        count.struck++;
        if (count.struck === fault.times) faults.delete(fault);
        struck[fault.kind] = fault;
      }
      return struck as { [K in (typeof kinds)[number]]?: FaultOf<K> };
    },
    onSet: (listener) => void listeners.push(listener),
  };
};

export const concerns = (fault: Fault, target: 'rest' | 'stream', subject: string): boolean =>
  (fault.target === 'all' || fault.target === target) && (fault.match?.test(subject) ?? true);

/** The same keys with values of another type. */
export const mangle = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(mangle);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mangle(inner)]));
  }
  return typeof value === 'string' ? { broken: true } : 'broken';
};

/** The venue's clock in a payload, moved: the numbers, or numbers as text, under these keys. */
export const skewClock = (value: unknown, skewMs: number, clockKeys: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((inner) => skewClock(inner, skewMs, clockKeys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      if (!clockKeys.has(key)) return [key, skewClock(inner, skewMs, clockKeys)];
      if (typeof inner === 'string' && /^\d+$/.test(inner)) return [key, String(Number(inner) + skewMs)];
      return [key, typeof inner === 'number' ? inner + skewMs : skewClock(inner, skewMs, clockKeys)];
    }),
  );
};
