import { describe, expect, it } from 'vitest';

import { createHealthBook } from '@/lib/venues/health-book';

import { createVirtualTime } from './virtual-time';

function setUp() {
  const time = createVirtualTime();
  let changes = 0;
  const book = createHealthBook(time.now, () => {
    changes += 1;
  });
  const entry = () => book.list().find((each) => each.stream === 'mark')!;
  return { time, book, entry, changeCount: () => changes };
}

describe('health book', () => {
  it('remembers since when a state holds, whatever its detail', () => {
    const { time, book, entry } = setUp();
    book.set('mark', 'down', 'refused', 5);
    const sinceMs = time.now();
    time.advance(1_000);
    book.set('mark', 'down', 'refused again', 6);
    expect(entry()).toMatchObject({ state: 'down', sinceMs, detail: 'refused again', retryAtMs: 6 });
  });

  it('tells of a trouble since its first failure, whatever is tried again, until data come', () => {
    const { time, book, entry } = setUp();
    book.set('mark', 'down', 'lost');
    const sinceMs = time.now();
    for (const state of ['connecting', 'down', 'connecting', 'silent', 'down'] as const) {
      time.advance(1_000);
      book.set('mark', state);
      expect(entry().sinceMs).toBe(state === 'connecting' ? time.now() : sinceMs);
    }
    book.received('mark');
    time.advance(1_000);
    book.set('mark', 'down', 'lost');
    expect(entry().sinceMs).toBe(time.now());
  });

  it('clears detail and wait once data comes, and notes when', () => {
    const { time, book, entry } = setUp();
    book.set('mark', 'limited', 'wait', 5);
    time.advance(1_000);
    book.received('mark');
    expect(entry()).toMatchObject({ state: 'live', detail: '', retryAtMs: null, lastDataMs: time.now() });
  });

  it('tells of changes, not of data', () => {
    const { book, changeCount } = setUp();
    book.received('mark');
    book.received('mark');
    book.set('mark', 'live');
    expect(changeCount()).toBe(1);
  });

  it('counts every broken frame but tells once a second', () => {
    const { time, book, entry, changeCount } = setUp();
    for (let i = 0; i < 100; i++) book.broken('mark');
    expect([entry().brokenCount, changeCount()]).toEqual([100, 1]);
    time.advance(1_000);
    book.broken('mark');
    expect(changeCount()).toBe(2);
  });

  it('gives out copies', () => {
    const { book, entry } = setUp();
    const before = entry();
    book.broken('mark');
    expect(before.brokenCount).toBe(0);
  });
});
