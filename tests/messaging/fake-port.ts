import type { Port } from '@/lib/messaging/feed-port';
import { FEED_PORT } from '@/lib/messaging/protocol';

type Listener<Args extends unknown[]> = (...args: Args) => void;

/** One end of a port; what is posted at one end arrives at the other at once, as the browser would pass it on. */
export interface FakePort extends Port {
  /** The browser closes the port without this end's doing. */
  break(): void;
}

interface FakePortOptions {
  readonly transfer?: (message: unknown) => unknown;
  readonly name?: string;
  readonly sender?: Port['sender'];
}

export const asClone = (message: unknown): unknown => structuredClone(message);
/** Chrome before 148. */
export const asJson = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

export function createPortPair({ transfer = asClone, name = FEED_PORT, sender }: FakePortOptions = {}): [
  client: FakePort,
  server: FakePort,
] {
  let isOpen = true;
  const messages: [Listener<[unknown]>[], Listener<[unknown]>[]] = [[], []];
  const disconnects: [Listener<[]>[], Listener<[]>[]] = [[], []];
  const close = (told: readonly (0 | 1)[]) => {
    if (!isOpen) return;
    isOpen = false;
    for (const end of told) for (const listener of disconnects[end]) listener();
  };
  const createEnd = (own: 0 | 1): FakePort => {
    const other = own === 0 ? 1 : 0;
    return {
      name,
      sender,
      onMessage: { addListener: (listener) => void messages[own].push(listener) },
      onDisconnect: { addListener: (listener) => void disconnects[own].push(listener) },
      postMessage(message) {
        if (!isOpen) throw new Error('Attempting to use a disconnected port object');
        const arrived = transfer(message);
        for (const listener of messages[other]) listener(arrived);
      },
      // As in browsers, whoever disconnects is not told.
      disconnect: () => close([other]),
      break: () => close([0, 1]),
    };
  };
  return [createEnd(0), createEnd(1)];
}
