import type { VenueEnvironment } from '@/lib/venues/venue';

import { createVirtualTime, type VirtualTime } from '../virtual-time';

/** What a venue is given instead of the network: every answer and every frame is what the test says. */
export interface FakeWire {
  readonly time: VirtualTime;
  readonly environment: VenueEnvironment;
  /** Says what the next requests are answered. */
  answer(respond: (url: URL) => Response): void;
  /** Opens what waits to be opened. */
  openSockets(): void;
  push(text: string): void;
}

export function createFakeWire(): FakeWire {
  const time = createVirtualTime();
  const sockets = new Set<FakeSocket>();
  let respond: (url: URL) => Response = () => new Response('{}');
  return {
    time,
    environment: {
      fetch: (url) => Promise.resolve(respond(new URL(url))),
      createSocket() {
        const socket: FakeSocket = {
          send() {},
          close: () => void sockets.delete(socket),
          isOpen: false,
          onopen: null,
          onmessage: null,
        };
        sockets.add(socket);
        return socket as unknown as WebSocket;
      },
      now: time.now,
      setTimer: time.setTimer,
      hasHostAccess: () => Promise.resolve(true),
    },
    answer: (next) => void (respond = next),
    openSockets() {
      for (const socket of sockets) {
        if (socket.isOpen) continue;
        socket.isOpen = true;
        socket.onopen?.();
      }
    },
    push(text) {
      for (const socket of sockets) socket.onmessage?.({ data: text });
    },
  };
}

interface FakeSocket {
  send(): void;
  close(): void;
  isOpen: boolean;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: string }) => void) | null;
}
