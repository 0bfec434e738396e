import { beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createSubscriptionWatch, sourceByTopic, type SubscriptionWatch } from '@/lib/venues/subscription-watch';

const sourceOf = sourceByTopic({ trades: 'trades', ticker: 'mark' });
const TICK_MS = 5 * SECOND_MS;

let watch: SubscriptionWatch;
let nowMs: number;
/** What was asked for again, each with its time in seconds. */
let again: [seconds: number, ...params: string[]][];
let mute: readonly string[];

beforeEach(() => {
  [watch, nowMs, again, mute] = [createSubscriptionWatch(), 0, [], []];
});

const ask = (...params: readonly string[]): void => {
  for (const param of params) watch.asked(param, sourceOf(param), nowMs);
};

/** Time passes in which these speak every five seconds; what is due is asked for again at once. */
const pass = (ms: number, speaking: readonly (readonly [stream: string, symbol: string])[]): void => {
  for (const endMs = nowMs + ms; nowMs < endMs;) {
    nowMs += TICK_MS;
    for (const [stream, symbol] of speaking) watch.heard(stream, symbol, nowMs);
    const looked = watch.look(() => true, nowMs);
    mute = looked.mute;
    if (looked.due.length > 0) again.push([nowMs / SECOND_MS, ...looked.due]);
    ask(...looked.due);
  }
};

describe('single subscriptions', () => {
  it('are asked for again ever later while they are silent, ten minutes apart at most', () => {
    ask('ticker A', 'ticker B', 'trades A', 'liquidation A');
    pass(MINUTE_MS / 2, [['mark', 'B']]);
    expect(again).toEqual([[30, 'ticker A', 'trades A', 'liquidation A']]);
    pass(MINUTE_MS, [['mark', 'B']]);
    expect([again.length, mute]).toEqual([2, ['A']]);
    again = [];
    pass(60 * MINUTE_MS, [['mark', 'B']]);
    const gaps = again.slice(1).map(([seconds], nth) => seconds - again[nth][0]);
    expect(gaps).toEqual([240, 480, 600, 600, 600, 600]);
  });

  it('are no longer mute once they speak, and rest for ten minutes where they speak seldom', () => {
    ask('ticker A', 'ticker B');
    pass(35 * SECOND_MS, [['mark', 'B']]);
    expect(mute).toEqual(['A']);
    pass(TICK_MS, [['mark', 'A']]);
    expect(mute).toEqual([]);
    again = [];
    pass(35 * SECOND_MS, [['mark', 'B']]);
    expect(again).toEqual([]);
    pass(11 * MINUTE_MS, [
      ['mark', 'A'],
      ['mark', 'B'],
    ]);
    pass(30 * SECOND_MS, [['mark', 'B']]);
    expect(again).toHaveLength(1);
  });

  it('say nothing where no other speaks: then the connection is what is silent', () => {
    ask('ticker A', 'trades A', 'ticker B');
    pass(60 * MINUTE_MS, []);
    expect([again, mute]).toEqual([[], []]);
  });

  it('of trades are given five minutes, and those of liquidations go with their contract alone', () => {
    ask('trades A', 'trades B', 'ticker A', 'ticker B', 'liquidation A');
    pass(5 * MINUTE_MS, [
      ['mark', 'A'],
      ['mark', 'B'],
      ['trades', 'B'],
    ]);
    expect(again).toEqual([[300, 'trades A']]);
    expect(mute).toEqual([]);
  });

  it('that are wanted no more are forgotten, and nothing is kept of contracts that nobody asked for', () => {
    ask('ticker A', 'ticker B');
    pass(35 * SECOND_MS, [['mark', 'B']]);
    watch.forget('ticker A');
    watch.heard('mark', 'C', nowMs);
    pass(10 * MINUTE_MS, [['mark', 'B']]);
    expect([again.length, mute]).toEqual([1, []]);
  });
});
