import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { followReaders } from '@/components/dashboard/diagnostics/follow-readers';
import { READERS } from '@/lib/messaging/readers-question';
import type { ScaleReader } from '@/lib/messaging/scale-readers';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

type Listener = (answer: unknown, sender: object) => unknown;
let listeners: Set<Listener>;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  listeners = new Set();
  const { onMessage } = fakeBrowser.runtime;
  vi.spyOn(onMessage, 'addListener').mockImplementation((listener) => void listeners.add(listener as Listener));
  vi.spyOn(onMessage, 'removeListener').mockImplementation((listener) => void listeners.delete(listener as Listener));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('keeps what each frame answered last, and forgets one that answers no more', async () => {
  const asked: unknown[] = [];
  vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([{ id: 4 }, {}] as never);
  vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation((id, message) => {
    asked.push([id, message]);
    return Promise.reject(new Error('nobody there'));
  });
  let shown: readonly ScaleReader[] = [];
  const controller = new AbortController();
  followReaders((readers) => (shown = readers), controller.signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([[4, READERS]]);
  const answer = (frameId: number, scale: string) =>
    listeners.forEach((tell) =>
      tell([['okx:BTC-USDT-SWAP', null, scale]], {
        tab: { id: 4 },
        frameId,
        url: 'https://www.okx.com/trade-swap/btc-usdt-swap',
      }),
    );
  answer(0, 'api null');
  answer(7, 'labels 0.5');
  answer(7, 'labels 0.2');
  expect(shown.map(({ host, source, errorPx }) => [host, source, errorPx])).toEqual([
    ['www.okx.com', 'api', null],
    ['www.okx.com', 'labels', 0.2],
  ]);
  for (let turn = 0; turn < 3; turn++) {
    await vi.advanceTimersByTimeAsync(3_000);
    answer(0, 'api null');
  }
  expect(shown).toHaveLength(1);
  controller.abort();
  expect(listeners.size).toBe(0);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked).toHaveLength(4);
});
