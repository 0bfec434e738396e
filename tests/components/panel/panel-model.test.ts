import { expect, it } from 'vitest';

import { createPanelModel } from '@/components/panel/panel-model';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';

import { CONTRACT, NOW_MS, sampleHealth, SUMMARY } from '../samples';

function recordingFeed() {
  const sent: ClientMessage[] = [];
  let receive: (message: ServerMessage) => void = () => {};
  let connect: (isConnected: boolean) => void = () => {};
  const feed: FeedClient = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => (receive = listener),
    onConnection: (listener) => (connect = listener),
  };
  return { feed, sent, receive: (message: ServerMessage) => receive(message), connect: (is: boolean) => connect(is) };
}

it('asks for the tab, and for a chosen contract instead of it', () => {
  const { feed, sent } = recordingFeed();
  const model = createPanelModel(feed, () => NOW_MS);
  model.watchTab(7);
  model.watchContract(CONTRACT);
  expect(sent).toEqual([
    { type: 'watch-tab', key: 'popup-1', tabId: 7, detail: 'summary' },
    { type: 'unwatch', key: 'popup-1' },
    { type: 'watch-contract', key: 'popup-2', contractId: 'binance:BTCUSDT', detail: 'summary' },
  ]);
});

it('asks for the groups of leverage while they are wanted, of whatever is shown', () => {
  const { feed, sent } = recordingFeed();
  const model = createPanelModel(feed, () => NOW_MS);
  model.wantGroups(true);
  model.watchTab(7);
  model.watchContract(CONTRACT);
  model.wantGroups(false);
  const contract = { type: 'watch-contract', key: 'popup-2', contractId: 'binance:BTCUSDT' };
  expect(sent).toEqual([
    { type: 'watch-tab', key: 'popup-1', tabId: 7, detail: 'summary-groups' },
    { type: 'unwatch', key: 'popup-1' },
    { ...contract, detail: 'summary-groups' },
    { ...contract, detail: 'summary' },
  ]);
});

it('shows the chosen contract, not a late answer about the tab', () => {
  const { feed, receive } = recordingFeed();
  const model = createPanelModel(feed, () => NOW_MS);
  model.watchTab(7);
  model.watchContract(CONTRACT);
  receive({ type: 'resolved', key: 'popup-1', resolution: { ok: false, reason: 'no-data', detail: '' } });
  expect(model.state().view.body.kind).toBe('starting');
  receive({
    type: 'resolved',
    key: 'popup-2',
    resolution: { ok: true, contract: CONTRACT, proxyFor: null, priceFactor: 1 },
  });
  receive({ type: 'summary', key: 'popup-2', summary: SUMMARY });
  expect(model.state().view).toMatchObject({ contract: CONTRACT, body: { kind: 'figures', summary: SUMMARY } });
});

it('ages move on with every tick', () => {
  let nowMs = NOW_MS;
  const { feed, receive } = recordingFeed();
  const model = createPanelModel(feed, () => nowMs);
  model.watchTab(7);
  receive({
    type: 'resolved',
    key: 'popup-1',
    resolution: { ok: true, contract: CONTRACT, proxyFor: null, priceFactor: 1 },
  });
  receive({ type: 'health', key: 'popup-1', health: [sampleHealth()], coverage: null, ageMs: 400 });
  receive({ type: 'summary', key: 'popup-1', summary: SUMMARY });
  nowMs += 3_000;
  model.tick();
  expect(model.state().view.body).toMatchObject({ ageMs: 3_400 });
});

it('lists contracts and tries again on request', () => {
  const { feed, sent, receive } = recordingFeed();
  const model = createPanelModel(feed, () => NOW_MS);
  model.listContracts();
  model.retry();
  expect(sent).toEqual([{ type: 'list-contracts' }, { type: 'retry' }]);
  expect(model.state().contracts).toBeNull();
  receive({ type: 'contracts', contracts: [CONTRACT] });
  expect(model.state().contracts).toEqual([CONTRACT]);
});

it('tells its listeners of every change until they give up', () => {
  const { feed, receive, connect } = recordingFeed();
  const model = createPanelModel(feed, () => NOW_MS);
  let changes = 0;
  const unsubscribe = model.subscribe(() => changes++);
  model.watchTab(7);
  receive({ type: 'contracts', contracts: [CONTRACT] });
  connect(false);
  model.tick();
  unsubscribe();
  connect(true);
  expect(changes).toBe(4);
});
