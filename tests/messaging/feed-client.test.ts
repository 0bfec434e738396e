import { beforeEach, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { createFeedClient, type FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';

import { createPortPair, type FakePort } from './fake-port';
import { createFakeTime, type FakeTime } from './fake-time';

const watch = (key: string): ClientMessage => ({
  type: 'watch-contract',
  key,
  contractId: 'binance:BTCUSDT',
  detail: 'band',
});

let time: FakeTime;
let abort: AbortController;
let isHidden: boolean;
let page: EventTarget & { readonly document: { readonly hidden: boolean } };
/** Every connection so far: the background's end and what arrived there. */
let connections: { server: FakePort; received: { type: string; key?: string }[] }[];
let isExtensionGone: boolean;
let client: FeedClient;

const connect = () => {
  if (isExtensionGone) throw new Error('Extension context invalidated.');
  const [clientPort, server] = createPortPair();
  const received: { type: string; key?: string }[] = [];
  server.onMessage.addListener((message) => received.push(message as { type: string }));
  connections.push({ server, received });
  return clientPort;
};
const newest = () => connections[connections.length - 1];
const kindsOf = (index: number) => connections[index].received.map(({ type, key }) => (key ? `${type} ${key}` : type));

beforeEach(() => {
  time = createFakeTime(0);
  abort = new AbortController();
  isHidden = false;
  page = Object.assign(new EventTarget(), {
    document: {
      get hidden() {
        return isHidden;
      },
    },
  });
  connections = [];
  isExtensionGone = false;
  client = createFeedClient(connect, {
    signal: abort.signal,
    setTimer: time.setTimer,
    page,
  });
});

it('says what it wants in the order in which it was asked', () => {
  client.send(watch('a'));
  client.send({ type: 'retry' });
  expect(kindsOf(0)).toEqual(['watch-contract a', 'retry']);
});

it('reconnects at once when the background dies and repeats the watches that live', () => {
  client.send(watch('a'));
  client.send(watch('b'));
  client.send({ type: 'retry' });
  client.send({ type: 'unwatch', key: 'a' });
  newest().server.break();
  time.advance(0);
  expect(kindsOf(1)).toEqual(['watch-contract b']);
});

it('sends what was asked for while disconnected once, after reconnecting', () => {
  newest().server.break();
  client.send(watch('a'));
  client.send({ type: 'list-contracts' });
  time.advance(0);
  expect(kindsOf(1)).toEqual(['watch-contract a', 'list-contracts']);
  newest().server.break();
  time.advance(100);
  expect(kindsOf(2)).toEqual(['watch-contract a']);
});

it('waits longer and longer while the background does not answer, five seconds at most', () => {
  client.send(watch('a'));
  const delaysMs = [];
  for (let i = 0; i < 9; i++) {
    const count = connections.length;
    const lostAtMs = time.now();
    newest().server.break();
    time.advance(0);
    for (let step = 0; step < 100 && connections.length === count; step++) time.advance(100);
    delaysMs.push(time.now() - lostAtMs);
  }
  expect(delaysMs).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});

it('reconnects at once again after the background has answered', () => {
  client.send(watch('a'));
  newest().server.break();
  time.advance(0);
  newest().server.postMessage({ type: 'contracts', contracts: [] });
  newest().server.break();
  time.advance(0);
  expect(connections).toHaveLength(3);
});

it('tells when the connection is lost and when it is back', () => {
  const states: boolean[] = [];
  client.send(watch('a'));
  client.onConnection((isConnected) => states.push(isConnected));
  newest().server.break();
  expect(states).toEqual([false]);
  time.advance(0);
  expect(states).toEqual([false, true]);
});

it('hands on the messages of the background, each of which it has taken', () => {
  const messages: ServerMessage[] = [];
  client.onMessage((message) => messages.push(message));
  newest().server.postMessage({ type: 'contracts', contracts: [] });
  expect(messages).toEqual([{ type: 'contracts', contracts: [] }]);
});

it('notices at the next message that the port is gone', () => {
  const [clientPort, server] = createPortPair();
  const ports = [clientPort];
  const silent = createFeedClient(() => ports.pop() ?? connect(), {
    signal: abort.signal,
    setTimer: time.setTimer,
    page,
  });
  // The other end is gone, and this end was never told.
  clientPort.disconnect();
  expect(() => server.postMessage({})).toThrow('disconnected');
  silent.send({ type: 'retry' });
  time.advance(0);
  expect(kindsOf(1)).toEqual(['retry']);
});

it('connects anew when its page comes back from the browser cache', () => {
  client.send(watch('a'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  time.advance(0);
  expect(connections).toHaveLength(1);
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  time.advance(0);
  expect(kindsOf(1)).toEqual(['watch-contract a']);
});

it('ends silently when the extension is gone', () => {
  client.send(watch('a'));
  isExtensionGone = true;
  newest().server.break();
  time.advance(60_000);
  client.send(watch('a'));
  expect(connections).toHaveLength(1);
  expect(time.pendingCount).toBe(0);
});

it('disconnects and stays so when aborted', () => {
  let isToldGone = false;
  newest().server.onDisconnect.addListener(() => (isToldGone = true));
  abort.abort();
  expect(isToldGone).toBe(true);
  client.send(watch('a'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  time.advance(60_000);
  expect(connections).toHaveLength(1);
  expect(kindsOf(0)).toEqual([]);
});

it('lets a background go that nobody wants anything of, until somebody does', () => {
  client.send(watch('a'));
  client.send({ type: 'unwatch', key: 'a' });
  newest().server.break();
  time.advance(HOUR_MS);
  expect(connections).toHaveLength(1);
  expect(time.pendingCount).toBe(0);
  client.send(watch('b'));
  time.advance(0);
  expect(kindsOf(1)).toEqual(['watch-contract b']);
});

const show = (isShown: boolean): void => {
  isHidden = !isShown;
  page.dispatchEvent(new Event('visibilitychange'));
};

it('keeps its port behind another tab for a quarter of an hour, then rests until it is seen again', () => {
  const left: string[] = [];
  client.send(watch('a'));
  newest().server.onDisconnect.addListener(() => left.push('gone'));
  show(false);
  time.advance(14 * MINUTE_MS);
  show(true);
  show(false);
  time.advance(14 * MINUTE_MS);
  expect(left).toEqual([]);
  time.advance(MINUTE_MS);
  expect(left).toEqual(['gone']);
  expect(time.pendingCount).toBe(0);
  // What is wanted meanwhile waits as well.
  client.send(watch('b'));
  client.send({ type: 'retry' });
  client.send({ type: 'unwatch', key: 'a' });
  time.advance(HOUR_MS);
  expect(connections).toHaveLength(1);
  show(true);
  time.advance(0);
  expect(kindsOf(1)).toEqual(['watch-contract b', 'retry']);
});

it('rests in a page that was opened behind another tab and never seen', () => {
  isHidden = true;
  const unseen = createFeedClient(connect, { signal: abort.signal, setTimer: time.setTimer, page });
  unseen.send(watch('a'));
  time.advance(14 * MINUTE_MS);
  newest().server.break();
  time.advance(0);
  expect(connections).toHaveLength(3);
  time.advance(HOUR_MS);
  expect(time.pendingCount).toBe(0);
  expect(connections).toHaveLength(3);
});

it('drops a reconnect that is waiting when aborted', () => {
  newest().server.break();
  abort.abort();
  time.advance(60_000);
  expect(connections).toHaveLength(1);
});
