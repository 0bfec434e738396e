/* What a venue's stream sees of its connection. */

export type SocketStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'lost'; readonly retryAtMs: number }
  | { readonly kind: 'silent'; readonly controls: readonly string[]; readonly retryAtMs: number }
  /** Subscriptions that were refused are so no more; `isAll` where no others are. */
  | { readonly kind: 'accepted'; readonly params: readonly string[]; readonly isAll: boolean }
  /** Of exactly these contracts nothing comes, while others on the same connection are told of; they are asked for again. */
  | { readonly kind: 'mute'; readonly symbols: readonly string[] };

export interface SocketEvents {
  onMessage(text: string): void;
  onStatus(status: SocketStatus): void;
  /** A connection that replaces an earlier attempt delivers. */
  onReconnect(): void;
}

/** A connection that comes back by itself with the wanted subscriptions; there is none while nothing is wanted. */
export interface ReconnectingSocket {
  want(params: readonly string[]): void;
  /** Good data of a control stream came, of a contract where there is one. */
  heard(control: string, symbol?: string): void;
  /**
   * The venue refused a message: those of its subscriptions that it refused by themselves. One bad name may have spoilt the rest of
   * a message, so that the others are first asked for again, each alone.
   */
  refused(messageId: number): Refused;
  /** The venue refused such subscriptions of this connection. */
  refusedWhere(isRefused: (param: string) => boolean): Refused;
  /** What is subscribed of these contracts is asked for again: another connection is told nothing of them any more. */
  renew(symbols: readonly string[]): void;
  /** Connect now if waiting to. */
  retry(): void;
  close(): void;
}

/** Subscriptions that were refused, and when they are asked for again. */
export interface Refused {
  readonly params: readonly string[];
  readonly retryAtMs: number | null;
}
