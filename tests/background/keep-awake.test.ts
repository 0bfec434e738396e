import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { keepAwakeWith } from '@/entrypoints/background/keep-awake';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser.reset();
});
afterEach(() => vi.useRealTimers());

it('calls the browser while the socket is open, and not afterwards', () => {
  const call = vi.fn<() => Promise<never>>(() => new Promise(() => {}));
  fakeBrowser.runtime.getPlatformInfo = call;
  const socket = new EventTarget() as WebSocket;
  expect(keepAwakeWith(socket)).toBe(socket);
  vi.advanceTimersByTime(60_000);
  expect(call).toHaveBeenCalledTimes(6);
  socket.dispatchEvent(new Event('close'));
  vi.advanceTimersByTime(60_000);
  expect(call).toHaveBeenCalledTimes(6);
});
