import { beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createAttention, type Attention } from '@/lib/services/market/attention';

let [isHeard, nowMs, returns] = [false, 0, 0];
let attention: Attention;

beforeEach(() => {
  [isHeard, nowMs, returns] = [false, 1_000, 0];
  attention = createAttention(
    () => isHeard,
    () => nowMs,
    () => void (returns += 1),
  );
});

describe('attention to a market', () => {
  it('is paid while somebody is told of it', () => {
    expect(attention.isPaid()).toBe(false);
    attention.renew(() => void (isHeard = true));
    expect(attention.isPaid()).toBe(true);
    expect(returns).toBe(1);
    attention.renew(() => {});
    expect(returns).toBe(1);
  });

  it('is not paid by who follows and is told nothing', () => {
    attention.renew(() => {});
    expect([attention.isPaid(), returns]).toEqual([false, 0]);
  });

  it('is paid for a minute by whoever reads figures, as an alert rule does every five seconds', () => {
    for (let reads = 0; reads < 100; reads++) {
      attention.read();
      nowMs += 5 * SECOND_MS;
      expect(attention.isPaid()).toBe(true);
    }
    expect(returns).toBe(1);
    nowMs += MINUTE_MS;
    expect(attention.isPaid()).toBe(false);
    attention.read();
    expect(returns).toBe(2);
  });
});
