import { expect, it } from 'vitest';

import { poll } from '@/lib/services/scheduling/poller';
import { createFakeTime } from '@/tests/messaging/fake-time';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A task that settles when it is told to. */
function stage() {
  const time = createFakeTime(0);
  const abort = new AbortController();
  const running: { resolve: () => void; reject: (cause: unknown) => void }[] = [];
  const errors: unknown[] = [];
  const task = () => new Promise<void>((resolve, reject) => void running.push({ resolve, reject }));
  const environment = { now: time.now, setTimer: time.setTimer, log: () => {} };
  poll(task, 1_000, environment, abort.signal, (cause) => errors.push(cause));
  return { time, abort, running, errors };
}

it('runs at once and then every time, whatever came of the last', async () => {
  const { time, running, errors } = stage();
  running[0].resolve();
  await turn();
  time.advance(1_000);
  running[1].reject('late');
  await turn();
  time.advance(1_000);
  expect(running).toHaveLength(3);
  expect(errors).toEqual(['late']);
});

it('asks nothing more while an answer is on its way, and goes on once it is there', async () => {
  const { time, running } = stage();
  time.advance(60_000);
  expect(running).toHaveLength(1);
  running[0].resolve();
  await turn();
  time.advance(1_000);
  expect(running).toHaveLength(2);
});

it('ends with its signal', () => {
  const { time, abort } = stage();
  abort.abort();
  expect(time.pendingCount).toBe(0);
});
