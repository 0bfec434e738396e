import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRateLimiter } from '@/lib/venues/rate-limiter';

import { createVirtualTime } from './virtual-time';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const never = () => new AbortController().signal;

function setUp(capacity = 10, maxInFlight = 100) {
  const time = createVirtualTime();
  const budgets = { weight: { capacity, windowMs: 60_000 }, data: { capacity, windowMs: 300_000 } };
  return { time, limiter: createRateLimiter(budgets, maxInFlight, time.now, time.setTimer) };
}

describe('rate limiter', () => {
  it('lets requests pass at once while there is room', async () => {
    const { time, limiter } = setUp();
    expect(await limiter.acquire('weight', 10, never())).toBe(true);
    expect(time.timerCount()).toBe(0);
  });

  it('makes a request wait until what was spent has left the window', async () => {
    const { time, limiter } = setUp();
    const start = time.now();
    const grants: number[] = [];
    const ask = (weight: number) =>
      limiter.acquire('weight', weight, never()).then(() => grants.push(time.now() - start));
    await ask(6);
    time.advance(1_000);
    const second = ask(6);
    time.advance(58_999);
    await settled();
    expect(grants).toEqual([0]);
    time.advance(1);
    await second;
    expect(grants).toEqual([0, 60_000]);
  });

  it('tells what is used of every budget, who waits until when, and what the venue itself counted', async () => {
    const { time, limiter } = setUp();
    const start = time.now();
    await limiter.acquire('weight', 6, never());
    time.advance(1_000);
    void limiter.acquire('weight', 6, never());
    limiter.observeUsed('data', 4);
    const none = { waiting: 0, roomAtMs: null, told: null };
    expect(limiter.uses()).toEqual([
      { ...none, name: 'weight', used: 6, capacity: 10, windowMs: 60_000, waiting: 1, roomAtMs: start + 60_000 },
      { ...none, name: 'data', used: 4, capacity: 10, windowMs: 300_000, told: { used: 4, atMs: start + 1_000 } },
    ]);
    time.advance(60_000);
    await settled();
    expect(limiter.uses()[0]).toMatchObject({ used: 6, waiting: 0, roomAtMs: null });
  });

  it('finds room although the time goes on while it looks', async () => {
    let nowMs = 0;
    let step = 0;
    let look = () => {};
    const budgets = { weight: { capacity: 1, windowMs: 60_000 } };
    const limiter = createRateLimiter(
      budgets,
      8,
      () => (nowMs += step),
      (callback) => {
        look = callback;
        return () => {};
      },
    );
    await limiter.acquire('weight', 1, never());
    [nowMs, step] = [59_998, 1];
    const waiting = limiter.acquire('weight', 1, never());
    look();
    expect(await waiting).toBe(true);
  });

  it('keeps budgets apart', async () => {
    const { limiter } = setUp();
    await limiter.acquire('weight', 10, never());
    void limiter.acquire('weight', 1, never());
    expect(await limiter.acquire('data', 1, never())).toBe(true);
  });

  it('counts what the venue saw others spend', async () => {
    const { time, limiter } = setUp();
    await limiter.acquire('weight', 2, never());
    limiter.observeUsed('weight', 9);
    let isGranted = false;
    const waiting = limiter.acquire('weight', 2, never()).then((granted) => (isGranted = granted));
    await settled();
    expect(isGranted).toBe(false);
    time.advance(60_000);
    expect(await waiting).toBe(true);
  });

  it('is not loosened by a venue that counts less than we do', async () => {
    const { limiter } = setUp();
    await limiter.acquire('weight', 9, never());
    limiter.observeUsed('weight', 0);
    let isGranted = false;
    void limiter.acquire('weight', 2, never()).then((granted) => (isGranted = granted));
    await settled();
    expect(isGranted).toBe(false);
  });

  it('holds at most so many in flight', async () => {
    const { limiter } = setUp(10, 2);
    await limiter.acquire('weight', 1, never());
    await limiter.acquire('weight', 1, never());
    let isGranted = false;
    const third = limiter.acquire('weight', 1, never()).then((granted) => (isGranted = granted));
    await settled();
    expect(isGranted).toBe(false);
    limiter.release();
    expect(await third).toBe(true);
  });

  it('gives up a place in the queue on abort, for whoever stands behind', async () => {
    const { time, limiter } = setUp();
    await limiter.acquire('weight', 6, never());
    const controller = new AbortController();
    const big = limiter.acquire('weight', 10, controller.signal);
    const small = limiter.acquire('weight', 2, never());
    controller.abort();
    expect(await big).toBe(false);
    expect(await small).toBe(true);
    expect(time.timerCount()).toBe(0);
  });

  it('grants nothing to a signal aborted before', async () => {
    const { limiter } = setUp();
    expect(await limiter.acquire('weight', 1, AbortSignal.abort())).toBe(false);
  });

  it('throws when a request could never be granted', () => {
    const { limiter } = setUp();
    expect(() => limiter.acquire('weight', 11, never())).toThrow('weight 11');
  });

  it('never grants more than the capacity within any window, and grants everything in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 25 }), async (weights) => {
        const { time, limiter } = setUp(10);
        const grants: { index: number; atMs: number; weight: number }[] = [];
        weights.forEach((weight, index) => {
          void limiter.acquire('weight', weight, never()).then(() => grants.push({ index, atMs: time.now(), weight }));
        });
        for (let minute = 0; minute <= weights.length; minute++) {
          await settled();
          time.advance(60_000);
        }
        await settled();
        expect(grants.map((grant) => grant.index)).toEqual(weights.map((_, index) => index));
        for (const { atMs } of grants) {
          const inWindow = grants.filter((grant) => grant.atMs > atMs - 60_000 && grant.atMs <= atMs);
          expect(inWindow.reduce((sum, grant) => sum + grant.weight, 0)).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 50 },
    );
  });
});
