import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

import type { ReconnectingSocket, SocketStatus } from '@/lib/venues/reconnecting-socket';
import { createSocket } from '@/lib/venues/socket';

import { createVirtualTime, until, type VirtualTime } from './virtual-time';

let server: WebSocketServer;
let time: VirtualTime;
let socket: ReconnectingSocket;
let connections: ServerSocket[];
/** Per connection, what the client sent. */
let sent: string[][];
let messages: string[];
let statuses: SocketStatus[];
let reconnects: number;
let canConnect: boolean;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  [connections, sent, messages, statuses, reconnects, canConnect] = [[], [], [], [], 0, true];
  server.on('connection', (connection) => {
    const received: string[] = [];
    connections.push(connection);
    sent.push(received);
    connection.on('message', (data: Buffer) => received.push(data.toString()));
  });
  time = createVirtualTime();
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  socket = createSocket(
    {
      now: time.now,
      setTimer: time.setTimer,
      createSocket: (address) => {
        if (!canConnect) throw new Error('refused');
        return new WebSocket(address);
      },
    },
    {
      url,
      controls: ['trades', 'mark'],
      groupOf: (param) => param.split('/')[1] ?? '',
      sourceOf: () => null,
      subscribe: (params) => `+${params.join(',')}`,
      unsubscribe: (params) => `-${params.join(',')}`,
      keepAlive: () => 'alive?',
    },
    {
      onMessage: (text) => {
        messages.push(text);
        if (text === 'trades' || text === 'mark') socket.heard(text);
      },
      onStatus: (status) => statuses.push(status),
      onReconnect: () => {
        reconnects += 1;
      },
    },
    () => 1,
  );
});

afterEach(async () => {
  socket.close();
  for (const connection of connections) connection.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const lastStatus = () => statuses[statuses.length - 1];

/** Connects and waits for the first subscription to reach the server. */
async function connected(params = ['a', 'b']): Promise<ServerSocket> {
  socket.want(params);
  const count = connections.length + 1;
  await until(() => sent.length === count && sent[count - 1].length > 0);
  return connections[count - 1];
}

async function say(connection: ServerSocket, text: string): Promise<void> {
  const count = messages.length + 1;
  connection.send(text);
  await until(() => messages.length === count);
}

describe('reconnecting socket', () => {
  it('does not connect before something is wanted', () => {
    expect(statuses).toEqual([]);
    expect(time.timerCount()).toBe(0);
  });

  it('subscribes to what is wanted in one message and passes on what arrives', async () => {
    const connection = await connected();
    expect(sent[0]).toEqual(['+a,b']);
    await say(connection, 'hello');
    expect(messages).toEqual(['hello']);
    expect(reconnects).toBe(0);
  });

  it('sends only what changed, a quarter of a second apart', async () => {
    await connected(['a', 'b']);
    socket.want(['b', 'c']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent[0]).toEqual(['+a,b']);
    time.advance(250);
    await until(() => sent[0].length === 2);
    time.advance(250);
    await until(() => sent[0].length === 3);
    expect(sent[0]).toEqual(['+a,b', '-a', '+c']);
  });

  it('splits a long list into messages of 50', async () => {
    await connected(Array.from({ length: 120 }, (_, i) => `s${i}`));
    time.advance(500);
    await until(() => sent[0].length === 3);
    expect(sent[0].map((message) => message.split(',').length)).toEqual([50, 50, 20]);
  });

  it('puts only params of one group into a message', async () => {
    await connected(['a/1', 'b/2', 'c/1', 'd']);
    time.advance(500);
    await until(() => sent[0].length === 3);
    expect(sent[0]).toEqual(['+a/1,c/1', '+b/2', '+d']);
    socket.want(['d']);
    time.advance(500);
    await until(() => sent[0].length === 5);
    expect(sent[0].slice(3)).toEqual(['-a/1,c/1', '-b/2']);
  });

  it('sends a keep-alive every 20 s', async () => {
    const connection = await connected();
    for (let seconds = 5; seconds <= 40; seconds += 5) {
      await say(connection, 'trades');
      await say(connection, 'mark');
      time.advance(5_000);
    }
    await until(() => sent[0].length === 3);
    expect(sent[0].slice(1)).toEqual(['alive?', 'alive?']);
  });

  it('reconnects after a close, subscribes anew and says so when the new connection delivers', async () => {
    (await connected()).close();
    await until(() => lastStatus().kind === 'lost');
    expect(lastStatus()).toEqual({ kind: 'lost', retryAtMs: time.now() + 1_000 });
    time.advance(1_000);
    await until(() => sent.length === 2 && sent[1].length === 1);
    expect(sent[1]).toEqual(['+a,b']);
    expect(reconnects).toBe(0);
    await say(connections[1], 'anything');
    await say(connections[1], 'more');
    expect(reconnects).toBe(1);
  });

  it('backs off ever longer while connecting fails, up to a minute, and starts over once data came', async () => {
    canConnect = false;
    socket.want(['a']);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const status = lastStatus();
      if (status.kind !== 'lost') throw new Error(status.kind);
      waits.push(status.retryAtMs - time.now());
      time.advance(status.retryAtMs - time.now());
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    canConnect = true;
    socket.retry();
    await until(() => sent.length === 1 && sent[0].length === 1);
    await say(connections[0], 'trades');
    connections[0].close();
    await until(() => lastStatus().kind === 'lost');
    expect(lastStatus()).toMatchObject({ retryAtMs: time.now() + 1_000 });
  });

  it('treats a connection whose control stream is silent as dead, whatever else it delivers', async () => {
    const connection = await connected();
    await say(connection, 'trades');
    for (let i = 0; i < 5; i++) {
      time.advance(5_000);
      await say(connection, 'trades');
      await say(connection, 'other');
    }
    expect(lastStatus().kind).toBe('connecting');
    time.advance(5_000);
    expect(lastStatus()).toEqual({ kind: 'silent', controls: ['mark'], retryAtMs: time.now() + 1_000 });
    time.advance(1_000);
    await until(() => sent.length === 2);
  });

  it('is more patient after each silent connection, until all control streams speak', async () => {
    await connected();
    time.advance(30_000);
    expect(lastStatus().kind).toBe('silent');
    time.advance(1_000);
    await until(() => sent.length === 2 && sent[1].length === 1);
    time.advance(55_000);
    expect(lastStatus().kind).toBe('connecting');
    time.advance(5_000);
    expect(lastStatus().kind).toBe('silent');
    time.advance(2_000);
    await until(() => sent.length === 3 && sent[2].length === 1);
    await say(connections[2], 'trades');
    await say(connections[2], 'mark');
    time.advance(30_000);
    expect(lastStatus().kind).toBe('silent');
  });

  it('gives up on a handshake that hangs', async () => {
    const hanging = createSocket(
      {
        now: time.now,
        setTimer: time.setTimer,
        createSocket: () => ({ close: () => {} }) as WebSocket,
      },
      { url: '', controls: [], sourceOf: () => null, subscribe: () => '', unsubscribe: () => '', keepAlive: () => '' },
      { onMessage: () => {}, onStatus: (status) => statuses.push(status), onReconnect: () => {} },
      () => 0,
    );
    hanging.want(['a']);
    time.advance(15_000);
    expect(lastStatus()).toEqual({ kind: 'lost', retryAtMs: time.now() + 500 });
    hanging.close();
  });

  it('takes turns between two addresses until one delivers, and stays with that one', () => {
    const addresses: string[] = [];
    let opened: WebSocket | null = null;
    const turning = createSocket(
      {
        now: time.now,
        setTimer: time.setTimer,
        createSocket: (address) => {
          addresses.push(address);
          opened = { close: () => {}, send: () => {} } as unknown as WebSocket;
          return opened;
        },
      },
      {
        url: 'first',
        fallbackUrl: 'second',
        controls: ['mark'],
        sourceOf: () => null,
        subscribe: () => '',
        unsubscribe: () => '',
        keepAlive: () => '',
      },
      { onMessage: () => {}, onStatus: () => {}, onReconnect: () => {} },
      () => 1,
    );
    turning.want(['a']);
    opened!.onopen?.(new Event('open'));
    time.advance(31_000);
    expect(addresses).toEqual(['first', 'second']);
    opened!.onopen?.(new Event('open'));
    turning.heard('mark');
    opened!.onclose?.(new Event('close') as CloseEvent);
    time.advance(2_000);
    expect(addresses).toEqual(['first', 'second', 'second']);
    turning.close();
  });

  it('closes and leaves no timer when nothing is wanted any more', async () => {
    const connection = await connected();
    const closed = new Promise((resolve) => connection.once('close', resolve));
    socket.want([]);
    await closed;
    expect(lastStatus()).toEqual({ kind: 'idle' });
    expect(time.timerCount()).toBe(0);
  });

  it('survives a message that is not text', async () => {
    const connection = await connected();
    connection.send(Buffer.from([1, 2, 3]));
    await say(connection, 'hello');
    expect(messages).toEqual(['hello']);
  });
});
