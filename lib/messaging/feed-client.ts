import type { ClientMessage, ServerMessage } from './protocol';

/** Port from a page of ours or a content script to the background, reconnecting when the background's worker dies. */
export interface FeedClient {
  /** Sends now, and again after every reconnect for `watch*` messages until `unwatch` with the same key. */
  send(message: ClientMessage): void;
  /** Called for every message of the background. */
  onMessage(listener: (message: ServerMessage) => void): void;
  /** Called with false when the port is lost, true when it is back. */
  onConnection(listener: (isConnected: boolean) => void): void;
}
