import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { joinSpans, recordedShare } from '@/lib/market/recorded-share';

it.each([
  { name: 'nothing', spans: [], share: 0 },
  { name: 'all of the window', spans: [{ fromMs: 50, toMs: 500 }], share: 1 },
  { name: 'the part inside the window', spans: [{ fromMs: 0, toMs: 150 }], share: 0.5 },
  {
    name: 'two parts',
    spans: [
      { fromMs: 110, toMs: 120 },
      { fromMs: 180, toMs: 300 },
    ],
    share: 0.3,
  },
  {
    name: 'overlapping spans once',
    spans: [
      { fromMs: 120, toMs: 160 },
      { fromMs: 100, toMs: 150 },
    ],
    share: 0.6,
  },
  {
    name: 'a span inside another once',
    spans: [
      { fromMs: 100, toMs: 160 },
      { fromMs: 110, toMs: 120 },
    ],
    share: 0.6,
  },
  {
    name: 'nothing of spans outside',
    spans: [
      { fromMs: 0, toMs: 100 },
      { fromMs: 200, toMs: 300 },
    ],
    share: 0,
  },
])('counts $name of the window from 100 to 200', ({ spans, share }) => {
  expect(recordedShare(spans, 100, 200)).toBe(share);
});

it('takes an empty window for not recorded', () => {
  expect(recordedShare([{ fromMs: 0, toMs: 10 }], 5, 5)).toBe(0);
});

it('equals a count of every millisecond', () => {
  const time = fc.integer({ min: 0, max: 60 });
  const span = fc.tuple(time, time).map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 6 }), time, fc.integer({ min: 1, max: 30 }), (spans, fromMs, length) => {
      let covered = 0;
      for (let ms = fromMs; ms < fromMs + length; ms++) {
        if (spans.some((each) => each.fromMs <= ms && ms < each.toMs)) covered++;
      }
      expect(recordedShare(spans, fromMs, fromMs + length)).toBeCloseTo(covered / length, 12);
    }),
  );
});

it('joins spans that touch or overlap, and no others', () => {
  const span = (fromMs: number, toMs: number) => ({ fromMs, toMs });
  expect(joinSpans([span(40, 50), span(10, 20), span(12, 15), span(20, 30), span(31, 32)])).toEqual([
    span(10, 30),
    span(31, 32),
    span(40, 50),
  ]);
  expect(joinSpans([])).toEqual([]);
});
