import fc from 'fast-check';
import { expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createSocket } from '@/lib/venues/socket';

import { createVirtualTime } from './virtual-time';

/** What becomes of a connection: the browser refuses it, it hangs, closes soon, falls silent after a while, tells half, or delivers. */
const FATES = ['throws', 'hangs', 'closes', 'mute', 'half', 'delivers'] as const;
type Fate = (typeof FATES)[number];

const CONTROLS = ['trades', 'mark'];

/** A world in which connections meet their fates, until there is peace and all of them deliver. */
function createWorld(fates: readonly Fate[], throwsOn: readonly number[]) {
  const time = createVirtualTime();
  let isPeace = false;
  let [made, statuses] = [0, 0];
  const open = new Set<FakeSocket>();

  class FakeSocket {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readonly sent: string[] = [];
    readonly fate: Fate;
    #cancels: (() => void)[] = [];
    constructor(fate: Fate) {
      this.fate = fate;
      open.add(this);
      if (fate === 'hangs') return;
      this.#after(100, () => this.onopen?.());
      if (fate === 'closes') this.#after(900, () => this.fail());
      const told = fate === 'delivers' ? CONTROLS : fate === 'half' ? ['mark'] : [];
      for (const name of told) this.#repeat(10 * SECOND_MS, () => this.onmessage?.({ data: name }));
    }
    send(text: string): void {
      this.sent.push(text);
    }
    fail(): void {
      this.close();
      this.onerror?.();
      this.onclose?.();
    }
    close(): void {
      open.delete(this);
      for (const cancel of this.#cancels) cancel();
    }
    #after(delayMs: number, work: () => void): void {
      this.#cancels.push(time.setTimer(work, delayMs));
    }
    #repeat(everyMs: number, work: () => void): void {
      this.#after(everyMs, () => {
        this.#repeat(everyMs, work);
        work();
      });
    }
  }

  const socket = createSocket(
    {
      ...time,
      createSocket() {
        const fate = isPeace ? 'delivers' : fates[made++ % fates.length];
        if (fate === 'throws') throw new Error('refused');
        return new FakeSocket(fate) as unknown as WebSocket;
      },
    },
    {
      url: 'wss://venue',
      fallbackUrl: 'wss://elsewhere',
      controls: CONTROLS,
      sourceOf: () => null,
      subscribe: (params) => `+${params.join()}`,
      unsubscribe: (params) => `-${params.join()}`,
      keepAlive: () => '?',
    },
    {
      onMessage: (text) => socket.heard(text),
      onStatus() {
        statuses += 1;
        if (!isPeace && throwsOn.includes(statuses)) throw new Error('whoever listens failed');
      },
      onReconnect() {},
    },
    () => 0.5,
  );
  /** What a browser's event loop does with an error of a timer or a handler. */
  const surviving = (work: () => void): void => {
    try {
      work();
    } catch {
      // Told in its console.
    }
  };

  return {
    socket,
    open,
    advance(ms: number) {
      for (const endMs = time.now() + ms; time.now() < endMs;) surviving(() => time.advance(endMs - time.now()));
    },
    surviving,
    makePeace() {
      isPeace = true;
    },
  };
}

const action = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 400 }) }),
  fc.record({ kind: fc.constantFrom('drop' as const, 'retry' as const, 'want' as const, 'unwant' as const) }),
);

it('comes back whatever happened to it, and stays', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      fc.array(action, { maxLength: 12 }),
      (fates, throwsOn, actions) => {
        const world = createWorld(fates, throwsOn);
        const { socket, open } = world;
        world.surviving(() => socket.want(['a']));
        for (const step of actions) {
          world.surviving(() => {
            if (step.kind === 'drop') for (const each of open) each.fail();
            else if (step.kind === 'retry') socket.retry();
            else if (step.kind === 'want') socket.want(['a', 'b']);
            else if (step.kind === 'unwant') socket.want([]);
          });
          if (step.kind === 'wait') world.advance(step.seconds * SECOND_MS);
        }
        world.surviving(() => socket.want(['a']));
        world.makePeace();
        // The longest patience with a silent connection, and the longest wait for the next.
        world.advance(12 * MINUTE_MS);
        const [connection] = open;
        expect(open.size).toBe(1);
        expect(connection.fate).toBe('delivers');
        expect(connection.sent[0]).toMatch(/^\+a/);
        world.advance(30 * MINUTE_MS);
        expect([...open]).toEqual([connection]);
        socket.close();
        expect(open.size).toBe(0);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});
