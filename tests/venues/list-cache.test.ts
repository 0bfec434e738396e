import { expect, it } from 'vitest';

import { err, ok } from '@/lib/core/result';
import { SECOND_MS } from '@/lib/core/time';
import { createListCache } from '@/lib/venues/list-cache';

const FAILURE = err({ kind: 'http', message: '', detail: '', retryAtMs: null } as const);

it('asks once, and after a failure again later', async () => {
  let nowMs = 0;
  const answers = [FAILURE, ok('list')];
  let asked = 0;
  const cache = createListCache(
    () => Promise.resolve(answers[asked++]),
    () => nowMs,
  );
  expect(await cache.read()).toBeNull();
  expect(await cache.read()).toBeNull();
  nowMs = 10 * SECOND_MS;
  expect(await cache.read()).toBe('list');
  expect(await cache.read()).toBe('list');
  expect(asked).toBe(2);
});

it('asks again for what does not hold for the session, and keeps what it has where no other comes', async () => {
  let nowMs = 0;
  const answers = [ok('first'), FAILURE, ok('second')];
  let asked = 0;
  const cache = createListCache(
    () => Promise.resolve(answers[asked++]),
    () => nowMs,
    60 * SECOND_MS,
  );
  expect(await cache.read()).toBe('first');
  nowMs = 59 * SECOND_MS;
  expect(await cache.read()).toBe('first');
  expect(asked).toBe(1);
  nowMs = 60 * SECOND_MS;
  expect(await cache.read()).toBe('first');
  expect(asked).toBe(2);
  nowMs = 70 * SECOND_MS;
  expect(await cache.read()).toBe('second');
});

it('keeps no answer that was thrown', async () => {
  let asked = 0;
  const cache = createListCache<string>(
    () => (asked++ === 0 ? Promise.reject(new Error('odd')) : Promise.resolve(ok('list'))),
    () => 0,
  );
  await expect(cache.read()).rejects.toThrow('odd');
  expect(await cache.read()).toBe('list');
});
