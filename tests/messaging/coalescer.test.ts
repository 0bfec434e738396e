import { beforeEach, describe, expect, it } from 'vitest';

import { createCoalescer, type Coalescer } from '@/lib/messaging/coalescer';

import { createFakeTime, type FakeTime } from './fake-time';

let time: FakeTime;
let sentAtMs: number[];
let coalescer: Coalescer;

beforeEach(() => {
  time = createFakeTime(1_000);
  sentAtMs = [];
  coalescer = createCoalescer({ minIntervalMs: 100, ...time, send: () => void sentAtMs.push(time.now()) });
});

it('sends the first change at once', () => {
  coalescer.trigger();
  expect(sentAtMs).toEqual([1_000]);
  expect(time.pendingCount).toBe(0);
});

it('sends a burst as its first change and one more at the end of the interval', () => {
  for (let i = 0; i < 5; i++) {
    coalescer.trigger();
    time.advance(10);
  }
  time.advance(1_000);
  expect(sentAtMs).toEqual([1_000, 1_100]);
  expect(time.pendingCount).toBe(0);
});

it('sends steady changes at ten a second', () => {
  for (let i = 0; i < 200; i++) {
    coalescer.trigger();
    time.advance(5);
  }
  expect(sentAtMs).toEqual(Array.from({ length: 11 }, (_, i) => 1_000 + i * 100));
});

it('sends at once again after a pause', () => {
  coalescer.trigger();
  time.advance(100);
  coalescer.trigger();
  expect(sentAtMs).toEqual([1_000, 1_100]);
});

it('drops what is pending when stopped', () => {
  coalescer.trigger();
  coalescer.trigger();
  coalescer.stop();
  expect(time.pendingCount).toBe(0);
  time.advance(1_000);
  expect(sentAtMs).toEqual([1_000]);
});

it('sends what waits when it is asked to, and nothing where nothing waits', () => {
  coalescer.trigger();
  coalescer.flush();
  time.advance(10);
  coalescer.trigger();
  coalescer.flush();
  expect(sentAtMs).toEqual([1_000, 1_010]);
  expect(time.pendingCount).toBe(0);
  coalescer.trigger();
  time.advance(1_000);
  expect(sentAtMs).toEqual([1_000, 1_010, 1_110]);
});

it('waits no longer than the interval when the clock is set back', () => {
  coalescer.trigger();
  time.setBack(500_000);
  coalescer.trigger();
  time.advance(100);
  expect(sentAtMs).toHaveLength(2);
});

it('sends soon after a try that had nothing to send', () => {
  const tried: number[] = [];
  const idle = createCoalescer({
    minIntervalMs: 100,
    ...time,
    send() {
      tried.push(time.now());
      return time.now() >= 1_040;
    },
  });
  for (let i = 0; i < 30; i++) {
    idle.trigger();
    time.advance(5);
  }
  expect(tried).toEqual([1_000, 1_010, 1_020, 1_030, 1_040, 1_140]);
});

describe('while its turns come late', () => {
  /** Triggers all the while for ten seconds, with timers so late. */
  const sendsWith = (lateMs: (nowMs: number) => number, minIntervalMs = 100): number[] => {
    const sent: number[] = [];
    const late = createCoalescer({
      minIntervalMs,
      now: time.now,
      setTimer: (callback, delayMs) => time.setTimer(callback, delayMs + lateMs(time.now())),
      send: () => void sent.push(time.now()),
    });
    for (let i = 0; i < 2_000; i++) {
      late.trigger();
      time.advance(5);
    }
    return sent;
  };

  it('sends less often, about once a second where they are late by a quarter of one', () => {
    const sent = sendsWith(() => 250);
    expect(sent.length).toBeGreaterThan(7);
    expect(sent.length).toBeLessThan(12);
  });

  it('never waits longer than a second and what a turn is late by', () => {
    const sent = sendsWith((nowMs) => (nowMs * 37) % 3_000);
    const gaps = sent.slice(1).map((atMs, nth) => atMs - sent[nth]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4_010);
  });

  it('sends as often as ever while they are late by little, and again once they are late no longer', () => {
    expect(sendsWith(() => 10).length).toBeGreaterThan(85);
    const sent = sendsWith((nowMs) => (nowMs < 16_000 ? 200 : 0));
    expect(sent.filter((atMs) => atMs >= 18_000).length).toBeGreaterThan(25);
  });

  it('takes one late turn for a machine that slept', () => {
    const sent = sendsWith((nowMs) => (nowMs === 1_000 ? 1_000 : 0));
    expect(sent.length).toBeGreaterThan(85);
  });

  it('keeps an interval that is longer than that', () => {
    expect(sendsWith(() => 600, 2_000).length).toBeGreaterThan(3);
  });
});
