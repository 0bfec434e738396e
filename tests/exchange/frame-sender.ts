import type { Duplex } from 'node:stream';

import type { WebSocket } from 'ws';

import { type FaultBook, mangle, skewClock } from './faults';

export interface FrameSender {
  /** `stream` is the name that faults are matched with. */
  send(stream: string, payload: object): void;
  /** What is sent in it leaves together, as a venue's frames do that has many to send. */
  together(send: () => void): void;
}

/** Sends a socket's frames as the faults in force let them pass. */
export const createFrameSender = (
  socket: WebSocket,
  raw: Duplex,
  faults: FaultBook,
  clockKeys: ReadonlySet<string>,
): FrameSender => {
  /** What a later frame overtakes. */
  let held: string | null = null;
  const write = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };
  return {
    together(send) {
      raw.cork();
      send();
      raw.uncork();
    },
    send(stream, payload) {
      const struck = faults.strike('stream', stream, [
        'silent',
        'skew',
        'malformed',
        'truncated',
        'duplicate',
        'reorder',
        'latency',
      ]);
      if (struck.silent) return;
      let value: unknown = payload;
      if (struck.skew) value = skewClock(payload, struck.skew.skewMs, clockKeys);
      if (struck.malformed) value = mangle(value);
      let text = JSON.stringify(value);
      if (struck.truncated) text = text.slice(0, text.length / 2);
      const texts = struck.duplicate ? [text, text] : [text];
      if (struck.reorder && held === null) {
        held = texts.pop() ?? null;
      } else if (held !== null) {
        texts.push(held);
        held = null;
      }
      const delayMs = struck.latency?.delayMs ?? 0;
      for (const each of texts) {
        if (delayMs === 0) write(each);
        else setTimeout(() => write(each), delayMs);
      }
    },
  };
};
