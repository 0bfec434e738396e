import { beforeEach, expect, it } from 'vitest';

import type { BandWords } from '@/lib/i18n/band-words';
import type { Contract } from '@/lib/market/contract';
import { createFeedClient } from '@/lib/messaging/feed-client';
import { createFeedServer, type BoardRequest, type FeedServer, type FeedWatch } from '@/lib/messaging/feed-server';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';

import { asJson, createPortPair } from './fake-port';

const OWN_ORIGIN = 'chrome-extension://liqband/';
const symbol = { raw: 'BINANCE:BTCUSDT.P', exchange: 'binance', pair: 'BTCUSDT', kind: 'perpetual' } as const;
const watch = (key: string): ClientMessage => ({ type: 'watch', key, symbol, detail: 'band' });

let server: FeedServer;
let watches: FeedWatch[];
let boards: FeedWatch<BoardRequest>[];
let events: string[];
let contracts: Contract[];
let nowMs: number;
/** Speak to whoever wants the texts of charts; empty while nobody does. */
let wordsListeners: Set<(told: BandWords) => void>;
const bandWords = {
  follow(listener: (told: BandWords) => void) {
    wordsListeners.add(listener);
    return () => void wordsListeners.delete(listener);
  },
};

beforeEach(() => {
  watches = [];
  boards = [];
  events = [];
  contracts = [];
  nowMs = 0;
  wordsListeners = new Set();
  server = createFeedServer(
    {
      onWatch(added) {
        watches.push(added);
        events.push(`watch ${added.request.key} of ${added.tabId}`);
      },
      onUnwatch: (gone) => events.push(`unwatch ${gone.request.key} of ${gone.tabId}`),
      onResetLearning: (contractId) => events.push(`reset ${contractId}`),
      onWatchBoard(added) {
        boards.push(added);
        events.push(`watch board ${added.request.key} of ${added.tabId}`);
      },
      onUnwatchBoard: (gone) => events.push(`unwatch board ${gone.request.key}`),
      onReadHistory: (reader, { fromMs, toMs }) => events.push(`history ${reader.request.key} ${fromMs} ${toMs}`),
      onWatchOwn: (added) => events.push(`watch own ${added.request.key}`),
      onUnwatchOwn: (gone) => events.push(`unwatch own ${gone.request.key}`),
      onChangeOwn: ({ type }) => events.push(type),
      onRetry: () => events.push('retry'),
      onListContracts: (reply) => reply(contracts),
    },
    bandWords,
    OWN_ORIGIN,
    () => nowMs,
  );
});

function connect(options: Parameters<typeof createPortPair>[0] = {}) {
  const [clientPort, serverPort] = createPortPair(options);
  server.accept(serverPort);
  const client = createFeedClient(() => clientPort, {
    signal: new AbortController().signal,
    page: Object.assign(new EventTarget(), { document: { hidden: false } }),
  });
  const received: ServerMessage[] = [];
  client.onMessage((message) => received.push(message));
  return { clientPort, client, received };
}
/** The popup, which is in no tab. */
const OWN_PAGE = { sender: { url: `${OWN_ORIGIN}popup.html` } };
const ofTab = (id: number) => ({ sender: { url: 'https://www.tradingview.com/chart/', tab: { id } } });

it('tells which tab watches what', () => {
  connect(ofTab(7)).client.send(watch('a'));
  expect(events).toEqual(['watch a of 7']);
  expect(watches[0].request).toEqual(watch('a'));
});

it('pushes to the port and key of a watch alone', () => {
  const [first, second] = [connect(ofTab(1)), connect(ofTab(2))];
  first.client.send(watch('a'));
  second.client.send(watch('a'));
  watches[1].push({ type: 'progress', daysDone: 3, daysTotal: 30 });
  expect(first.received).toEqual([]);
  expect(second.received).toEqual([{ type: 'progress', key: 'a', daysDone: 3, daysTotal: 30 }]);
});

it('says goodbye to a watch once: given up, replaced or disconnected', () => {
  const { client, clientPort, received } = connect(ofTab(1));
  for (const key of ['a', 'b', 'b']) client.send(watch(key));
  client.send({ type: 'unwatch', key: 'a' });
  client.send({ type: 'unwatch', key: 'a' });
  clientPort.disconnect();
  expect(events).toEqual([
    'watch a of 1',
    'watch b of 1',
    'unwatch b of 1',
    'watch b of 1',
    'unwatch a of 1',
    'unwatch b of 1',
  ]);
  for (const gone of watches) gone.push({ type: 'progress', daysDone: 1, daysTotal: 2 });
  expect(received).toEqual([]);
});

it('gives up a port that turns out to be gone when pushing', () => {
  const [clientPort, serverPort] = createPortPair(ofTab(1));
  const failToPost = () => {
    throw new Error('Attempting to use a disconnected port object');
  };
  server.accept({ ...serverPort, postMessage: failToPost });
  clientPort.postMessage(watch('a'));
  watches[0].push({ type: 'progress', daysDone: 1, daysTotal: 2 });
  expect(events).toEqual(['watch a of 1', 'unwatch a of 1']);
});

it('answers with the contracts, and passes on a retry', () => {
  const { client, received } = connect(OWN_PAGE);
  client.send({ type: 'list-contracts' });
  client.send({ type: 'retry' });
  expect(received).toEqual([{ type: 'contracts', contracts: [] }]);
  expect(events).toEqual(['retry']);
});

it('lets the popup and own pages ask for any tab, a content script only for its own', () => {
  const ask = (tabId: number): ClientMessage => ({ type: 'watch-tab', key: 'k', tabId, detail: 'summary' });
  connect(OWN_PAGE).client.send(ask(5));
  connect({ sender: { url: `${OWN_ORIGIN}dashboard.html`, tab: { id: 1 } } }).client.send(ask(5));
  connect(ofTab(2)).client.send(ask(5));
  connect(ofTab(2)).client.send(ask(2));
  expect(events).toEqual(['watch k of null', 'watch k of 1', 'watch k of 2']);
});

it('lets own pages alone see and change own positions, and have figures beside the map', () => {
  const position = {
    id: 'p',
    contractId: 'binance:BTCUSDT',
    positionSide: 'long',
    entryPrice: 1,
    size: 1,
    sizeUnit: 'usd',
    margin: { kind: 'cross', balance: 1 },
  } as const;
  const messages: ClientMessage[] = [
    { type: 'watch-positions', key: 'own' },
    { type: 'save-position', position },
    { type: 'remove-position', positionId: 'p' },
  ];
  const content = connect(ofTab(2)).client;
  for (const message of messages) content.send(message);
  content.send({ type: 'watch', key: 'a', symbol, detail: 'summary' });
  content.send({ type: 'watch', key: 'b', symbol, detail: 'summary-groups' });
  expect(events).toEqual(['watch a of 2', 'watch b of 2']);
  expect(watches.map(({ request }) => request.detail)).toEqual(['band', 'band']);
  const own = connect({ sender: { url: `${OWN_ORIGIN}dashboard.html`, tab: { id: 1 } } }).client;
  for (const message of messages) own.send(message);
  expect(events.slice(2)).toEqual(['watch own own', 'save-position', 'remove-position']);
});

it('lets own pages alone end the waits that venues asked for', () => {
  connect(ofTab(2)).client.send({ type: 'retry' });
  expect(events).toEqual([]);
  connect({ sender: { url: `${OWN_ORIGIN}dashboard.html`, tab: { id: 1 } } }).client.send({ type: 'retry' });
  expect(events).toEqual(['retry']);
});

it('trusts no page for being in no tab, and lists contracts for its own alone', () => {
  const { client, received } = connect({ sender: { url: 'https://www.tradingview.com/chart/' } });
  for (const type of ['retry', 'list-contracts'] as const) client.send({ type });
  expect(events).toEqual([]);
  expect(received).toEqual([]);
});

it('lets own pages alone forget what was learned', () => {
  const forget: ClientMessage = { type: 'reset-learning', contractId: 'binance:BTCUSDT' };
  connect(ofTab(2)).client.send(forget);
  expect(events).toEqual([]);
  connect(OWN_PAGE).client.send(forget);
  expect(events).toEqual(['reset binance:BTCUSDT']);
});

it('leaves ports of another name alone', () => {
  connect({ name: 'other' }).client.send(watch('a'));
  expect(events).toEqual([]);
});

it('takes no more watches of one port than a page can have charts', () => {
  const { client } = connect(ofTab(1));
  for (let i = 0; i < 1_000; i++) client.send(watch(`${i}`));
  expect(watches).toHaveLength(64);
});

it('hears no more of a page than 256 messages a second, and all that our own pages say', () => {
  const page = connect(ofTab(1));
  page.client.send(watch('a'));
  const ask: ClientMessage = { type: 'read-history', watchKey: 'a', fromMs: 0, toMs: 1, stepMs: 60_000 };
  for (let i = 0; i < 1_000; i++) page.client.send(ask);
  // The watch is one of them.
  expect(events.slice(1)).toHaveLength(255);
  nowMs += 1_000;
  page.client.send(ask);
  expect(events.slice(1)).toHaveLength(256);
  // What it has taken it may say as often as it was told something.
  for (let i = 0; i < 1_000; i++) watches[0].push({ type: 'progress', daysDone: i, daysTotal: 1_000 });
  expect(page.received).toHaveLength(1_000);
  const own = connect(OWN_PAGE);
  for (let i = 0; i < 1_000; i++) own.client.send({ type: 'list-contracts' });
  expect(own.received).toHaveLength(1_000);
});

it('begins no more than 128 watches of a page in ten seconds, however often it gives them up', () => {
  const { client } = connect(ofTab(1));
  for (let i = 0; i < 50; i++) {
    nowMs += 100;
    for (const key of ['a', 'b', 'c', 'd']) client.send(watch(key));
  }
  expect(watches).toHaveLength(128);
  nowMs += 10_000;
  client.send(watch('e'));
  expect(watches).toHaveLength(129);
});

it('ignores everything it does not understand', () => {
  const [clientPort, serverPort] = createPortPair(ofTab(1));
  server.accept(serverPort);
  for (const noise of [null, 7, 'watch', [], { type: 'watch' }, { ...watch('x'), key: 5 }, { type: 'hello' }]) {
    clientPort.postMessage(noise);
  }
  expect(events).toEqual([]);
  clientPort.postMessage(watch('late'));
  expect(events).toEqual(['watch late of 1']);
});

it.each([
  { browser: 'one that clones', options: {} },
  { browser: 'one that sends JSON', options: { transfer: asJson } },
])('brings a profile to $browser unharmed', ({ options }) => {
  const { client, received } = connect(options);
  client.send(watch('a'));
  const profile = {
    asOfMs: 1_726_185_600_000,
    markPrice: 58_000,
    lastPrice: NaN,
    binWidth: 0.001,
    firstBin: Math.floor(Math.log(58_000) / 0.001) - 1,
    long: new Float64Array([1e6, 12.3456789, 0]),
    short: new Float64Array([0, 3.3, 7e8]),
    openInterestUsd: 5e9,
    unlocatedShare: 0.125,
  };
  watches[0].push({ type: 'profile', profile });
  expect(received).toEqual([{ type: 'profile', key: 'a', profile }]);
});

/** A page that takes nothing but when it is told to. */
function connectSlow() {
  const [clientPort, serverPort] = createPortPair(ofTab(1));
  const queue: (() => void)[] = [];
  server.accept(serverPort);
  const slowPort = {
    ...clientPort,
    onMessage: {
      addListener: (listener: (message: unknown) => void) =>
        clientPort.onMessage.addListener((message) => void queue.push(() => listener(message))),
    },
  };
  const client = createFeedClient(() => slowPort, {
    signal: new AbortController().signal,
    page: Object.assign(new EventTarget(), { document: { hidden: false } }),
  });
  const received: ServerMessage[] = [];
  client.onMessage((message) => received.push(message));
  const takeAll = () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) next();
    return received.splice(0);
  };
  return { client, queue, takeAll };
}
const profileAt = (asOfMs: number) => ({
  asOfMs,
  markPrice: 100,
  lastPrice: 100,
  binWidth: 0.001,
  firstBin: Math.floor(Math.log(100) / 0.001),
  long: new Float64Array([asOfMs]),
  short: new Float64Array([0]),
  openInterestUsd: 1,
  unlocatedShare: 0,
});
const progress = (daysDone: number) => ({ type: 'progress', daysDone, daysTotal: 30 }) as const;

it('tells a slow page of each kind and watch the one under way and then the newest', () => {
  const { client, queue, takeAll } = connectSlow();
  for (const key of ['a', 'b']) client.send(watch(key));
  for (let i = 1; i <= 100; i++) {
    for (const each of watches) each.push({ type: 'profile', profile: profileAt(i) });
    watches[0].push(progress(i));
  }
  expect(queue).toHaveLength(3);
  const told = takeAll().map((message) =>
    message.type === 'profile' ? [message.key, message.profile.asOfMs, message.profile.long[0]] : message,
  );
  expect(told).toEqual([
    ['a', 1, 1],
    ['b', 1, 1],
    { ...progress(1), key: 'a' },
    ['a', 100, 100],
    ['b', 100, 100],
    { ...progress(100), key: 'a' },
  ]);
  // Who has caught up is told at once again.
  watches[0].push({ type: 'profile', profile: profileAt(101) });
  expect(queue).toHaveLength(1);
});

it('lends a waiting map no arrays, and keeps the clusters that a newer one leaves out', () => {
  const { client, takeAll } = connectSlow();
  client.send(watch('a'));
  const clusters = [{ positionSide: 'long', price: 99, usd: 5, distance: -0.01 }] as const;
  const lent = profileAt(2);
  watches[0].push({ type: 'profile', profile: profileAt(1) });
  watches[0].push({ type: 'profile', profile: profileAt(2), clusters });
  watches[0].push({ type: 'profile', profile: lent });
  lent.long[0] = 7;
  expect(takeAll().slice(1)).toEqual([{ type: 'profile', key: 'a', profile: profileAt(2), clusters }]);
});

it('brings a slow page every part of a history, and what came before another contract before it', () => {
  const { client, takeAll } = connectSlow();
  client.send(watch('a'));
  const part = (firstMs: number) => ({ type: 'history', firstMs }) as unknown as Parameters<FeedWatch['push']>[0];
  for (let i = 1; i <= 3; i++) {
    watches[0].push(part(i));
    watches[0].push({ type: 'profile', profile: profileAt(i) });
  }
  watches[0].push({ type: 'resolved', resolution: { ok: false, reason: 'unlisted' } as never });
  watches[0].push({ type: 'profile', profile: profileAt(4) });
  const told = takeAll().map((message) => (message.type === 'profile' ? message.profile.asOfMs : message.type));
  expect(told).toEqual(['history', 1, 'history', 'history', 3, 'resolved', 4]);
});

it('forgets what waits for a watch that is given up or begun anew', () => {
  const { client, takeAll } = connectSlow();
  client.send(watch('a'));
  for (const daysDone of [1, 2]) watches[0].push(progress(daysDone));
  client.send(watch('a'));
  watches[1].push(progress(3));
  expect(takeAll()).toEqual([1, 3].map((daysDone) => ({ ...progress(daysDone), key: 'a' })));
});

it('tells of the market as a whole to pages of ours alone', () => {
  const report: ClientMessage = { type: 'watch-report', key: 'r', marketIds: null };
  connect(ofTab(7)).client.send(report);
  expect(events).toEqual([]);
  const own = connect({ sender: { url: `${OWN_ORIGIN}dashboard.html`, tab: { id: 8 } } });
  own.client.send(report);
  boards[0].push({ type: 'report', report: { asOfMs: 1, rows: [], venues: [] } });
  expect(own.received).toEqual([{ type: 'report', key: 'r', report: { asOfMs: 1, rows: [], venues: [] } }]);
  own.client.send({ type: 'watch-liquidations', key: 'r', minUsd: 10_000 });
  own.client.send({ type: 'unwatch', key: 'r' });
  expect(events).toEqual(['watch board r of 8', 'unwatch board r', 'watch board r of 8', 'unwatch board r']);
});

it('tells charts the texts while they are connected, and its own pages none', () => {
  const chart = connect(ofTab(1));
  const own = connect({ sender: { url: `${OWN_ORIGIN}popup.html` } });
  const told: BandWords = { language: 'ru', words: { 'band.title': 'Скрыто' } };
  for (const listener of wordsListeners) listener(told);
  expect(chart.received).toEqual([{ type: 'words', ...told }]);
  expect(own.received).toEqual([]);
  chart.clientPort.disconnect();
  expect(wordsListeners.size).toBe(0);
});

it('tells a band on a page of its own the texts, and that page is no chart that anybody could be sent to', () => {
  const preview = connect({ sender: { url: `${OWN_ORIGIN}dashboard.html`, tab: { id: 3 } } });
  preview.client.send(watch('a'));
  preview.client.send(watch('b'));
  for (const listener of wordsListeners) listener({ language: 'en', words: {} });
  expect(preview.received).toEqual([{ type: 'words', language: 'en', words: {} }]);
  expect(watches.map(({ pageUrl }) => pageUrl)).toEqual([undefined, undefined]);
  connect(ofTab(7)).client.send(watch('c'));
  expect(watches.at(-1)?.pageUrl).toBe('https://www.tradingview.com/chart/');
});
