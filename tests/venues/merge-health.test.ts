import { expect, it } from 'vitest';

import { createHealthBook } from '@/lib/venues/health-book';
import { mergeHealth } from '@/lib/venues/merge-health';

const clock = { nowMs: 1_000 };
const createBook = () =>
  createHealthBook(
    () => clock.nowMs,
    () => {},
  );

it('tells each stream as its worst connection has it, leaving out idle ones', () => {
  const [requests, linear, inverse] = [createBook(), createBook(), createBook()];
  requests.received('history');
  linear.received('trades');
  clock.nowMs = 2_000;
  inverse.received('trades');
  inverse.broken('trades');
  linear.broken('trades');
  inverse.set('trades', 'silent', 'nothing arrives', 9_000);
  const lists = [requests, linear, inverse].map((book) => book.list());
  const trades = mergeHealth(lists).find(({ stream }) => stream === 'trades');
  expect(trades).toEqual({
    stream: 'trades',
    state: 'silent',
    sinceMs: 2_000,
    lastDataMs: 2_000,
    brokenCount: 2,
    detail: 'nothing arrives',
    retryAtMs: 9_000,
  });
  const states = Object.fromEntries(mergeHealth(lists).map(({ stream, state }) => [stream, state]));
  expect(states).toMatchObject({ history: 'live', mark: 'idle', openInterest: 'idle' });
});
