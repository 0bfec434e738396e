import { expect, it } from 'vitest';

import { watchWhileSeen } from '@/components/panel/watch-while-seen';
import type { ClientMessage } from '@/lib/messaging/protocol';

/** A page that is seen or not, and what its feed passes on. */
function stage(isHidden = false) {
  const sent: ClientMessage[] = [];
  const page = Object.assign(new EventTarget(), { hidden: isHidden });
  const feed = watchWhileSeen(
    { send: (message) => void sent.push(message), onMessage: () => {}, onConnection: () => {} },
    page,
  );
  return {
    feed,
    taken: () => sent.splice(0),
    hide: (isHiddenNow: boolean) => {
      page.hidden = isHiddenNow;
      page.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

const CONTRACT = { type: 'watch-contract', key: 'popup-1', contractId: 'binance:BTCUSDT', detail: 'summary' } as const;
const BOARD = { type: 'watch-liquidations', key: 'board', minUsd: 1e6 } as const;

it('passes on what a page that is seen sends', () => {
  const { feed, taken } = stage();
  for (const message of [CONTRACT, BOARD, { type: 'retry' } as const]) feed.send(message);
  expect(taken()).toEqual([CONTRACT, BOARD, { type: 'retry' }]);
});

it('follows markets quietly and nothing else while the page is hidden, and asks for all again when it is seen', () => {
  const { feed, taken, hide } = stage();
  feed.send(CONTRACT);
  feed.send(BOARD);
  taken();
  hide(true);
  expect(taken()).toEqual([
    { ...CONTRACT, detail: 'quiet' },
    { type: 'unwatch', key: 'board' },
  ]);
  feed.send({ ...CONTRACT, key: 'popup-2' });
  feed.send({ type: 'unwatch', key: 'popup-1' });
  expect(taken()).toEqual([
    { ...CONTRACT, key: 'popup-2', detail: 'quiet' },
    { type: 'unwatch', key: 'popup-1' },
  ]);
  hide(false);
  expect(taken()).toEqual([BOARD, { ...CONTRACT, key: 'popup-2' }]);
});

it('is quiet from the start in a page that was opened behind others', () => {
  const { feed, taken, hide } = stage(true);
  feed.send(CONTRACT);
  feed.send(BOARD);
  expect(taken()).toEqual([
    { ...CONTRACT, detail: 'quiet' },
    { type: 'unwatch', key: 'board' },
  ]);
  hide(false);
  expect(taken()).toEqual([CONTRACT, BOARD]);
});

it('leaves what a hidden page gave up alone', () => {
  const { feed, taken, hide } = stage();
  feed.send(BOARD);
  hide(true);
  feed.send({ type: 'unwatch', key: 'board' });
  taken();
  hide(false);
  expect(taken()).toEqual([]);
});
