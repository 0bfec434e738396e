import { beforeEach, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createRefusals, isNamed, type Refusals } from '@/lib/venues/refusals';

import { createVirtualTime, type VirtualTime } from './virtual-time';

let time: VirtualTime;
let refusals: Refusals;
let asked: { readonly atMs: number; readonly params: readonly string[] }[];
let accepted: (readonly [params: readonly string[], isAll: boolean])[];
let wanted: Set<string>;
beforeEach(() => {
  time = createVirtualTime();
  [asked, accepted, wanted] = [[], [], new Set(['a', 'b'])];
  const startMs = time.now();
  refusals = createRefusals({
    now: time.now,
    setTimer: time.setTimer,
    isWanted: (param) => wanted.has(param),
    askAgain: (params) => asked.push({ atMs: time.now() - startMs, params }),
    onAccepted: (params, isAll) => accepted.push([params, isAll]),
  });
});

it('asks again ever later while the venue goes on refusing, at last every half hour', () => {
  let seen = 0;
  refusals.add(['a']);
  for (let second = 0; second < 3 * 3600; second += 1) {
    time.advance(SECOND_MS);
    if (asked.length > seen) refusals.add(['a']);
    seen = asked.length;
  }
  const minutes = asked.map(({ atMs }, i) => Math.round((atMs - (asked[i - 1]?.atMs ?? 0)) / MINUTE_MS));
  expect(minutes).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
  expect(accepted).toEqual([]);
});

it('takes for accepted what is not refused again, and asks on for the rest', () => {
  expect(refusals.add(['a'])).toBe(time.now() + MINUTE_MS);
  expect(refusals.add(['b'])).toBe(time.now() + MINUTE_MS);
  time.advance(MINUTE_MS);
  expect(asked.map(({ params }) => params)).toEqual([['a', 'b']]);
  refusals.add(['b']);
  time.advance(10 * SECOND_MS);
  expect(accepted).toEqual([[['a'], false]]);
  time.advance(2 * MINUTE_MS);
  expect(asked.at(-1)?.params).toEqual(['b']);
  time.advance(10 * SECOND_MS);
  expect(accepted.at(-1)).toEqual([['b'], true]);
  expect(time.timerCount()).toBe(0);
});

it('forgets what nobody wants any more', () => {
  refusals.add(['a']);
  wanted.clear();
  time.advance(MINUTE_MS + 10 * SECOND_MS);
  expect(asked).toMatchObject([{ params: [] }]);
  expect(accepted).toEqual([[['a'], true]]);
  expect(time.timerCount()).toBe(0);
});

it('asks at once on request, and not twice while it waits for the answer', () => {
  refusals.add(['a']);
  refusals.retry();
  refusals.retry();
  expect(asked).toMatchObject([{ atMs: 0, params: ['a'] }]);
  refusals.cancel();
  expect(time.timerCount()).toBe(0);
});

it('knows what a refusal names', () => {
  const params = ['trades BTC', 'trades BTC2', 'candle BTC', 'trades'];
  expect(params.filter(isNamed('trades BTC'))).toEqual(['trades BTC']);
  expect(params.filter(isNamed('trades'))).toEqual(['trades BTC', 'trades BTC2', 'trades']);
});
