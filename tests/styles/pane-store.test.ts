import { describe, expect, it } from 'vitest';

import { createPaneStore } from '@/entrypoints/styles/pane-store';
import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { answerTo, columnAsOf, NOW_MS, QUARTER_MS, quarters } from './pane-part';

const TIMES = quarters(1_000);

describe('what a full pane asks for', () => {
  it('is what is in view and half as much before it, in whole bars', () => {
    const request = createPaneStore().lacking(TIMES, 0);
    // 100 bars lie left of the newest, one more half in view.
    expect(request).toEqual({
      fromMs: NOW_MS - 152 * QUARTER_MS,
      toMs: NOW_MS + QUARTER_MS,
      stepMs: QUARTER_MS,
    });
  });

  it('is nothing while it is on its way, and the same again when it does not come', () => {
    const store = createPaneStore();
    const first = store.lacking(TIMES, 0);
    expect(store.lacking(TIMES, 9 * SECOND_MS)).toBeNull();
    expect(store.lacking(TIMES, 10 * SECOND_MS)).toEqual(first);
  });

  it('is what has happened since once all is there, every five seconds', () => {
    const store = createPaneStore();
    const request = store.lacking(TIMES, 0);
    store.take(answerTo(request!));
    expect(store.lacking(TIMES, 4 * SECOND_MS)).toBeNull();
    const tail = store.lacking(TIMES, 5 * SECOND_MS);
    expect(tail).toEqual({ fromMs: NOW_MS - 3 * QUARTER_MS, toMs: NOW_MS + QUARTER_MS, stepMs: QUARTER_MS });
  });

  it('is only what lies before when the view is panned back', () => {
    const store = createPaneStore();
    const request = store.lacking(TIMES, 0);
    store.take(answerTo(request!));
    const further = store.lacking(quarters(3_000), SECOND_MS);
    expect(further?.toMs).toBe(request?.fromMs);
    expect(further?.fromMs).toBeLessThan(NOW_MS - 300 * QUARTER_MS);
  });

  it('reaches back to what is known after a time unseen', () => {
    const store = createPaneStore();
    store.take(answerTo(store.lacking(TIMES, 0)!));
    const later = { ...TIMES, lastTimeMs: NOW_MS + 20 * QUARTER_MS };
    expect(store.lacking(later, HOUR_MS)?.fromMs).toBe(NOW_MS - 3 * QUARTER_MS);
  });

  it('is asked for anew when bars have another length, and never more than is kept', () => {
    const store = createPaneStore();
    store.take(answerTo(store.lacking(TIMES, 0)!));
    const minutes = { ...TIMES, spacing: 0.1, barMs: 60_000 };
    const request = store.lacking(minutes, SECOND_MS);
    expect(request?.stepMs).toBe(60_000);
    expect((request!.toMs - request!.fromMs) / 60_000).toBe(5_000);
  });
});

describe('what a full pane knows', () => {
  it('is the map as of the opening of a bar, which never changes', () => {
    const store = createPaneStore();
    const part = { fromMs: 0, toMs: 1, bars: [], madeOf: '', filledFromMs: 0, isLast: false };
    store.take({ ...part, columns: [columnAsOf(NOW_MS, 7)] });
    const { version } = store;
    store.take({ ...part, columns: [columnAsOf(NOW_MS, 9)] });
    expect(store.version).toBe(version);
    expect(store.columnAt(NOW_MS)?.long.bytes[0]).toBe(7);
    expect(store.columnAt(NOW_MS + QUARTER_MS - 1)).toBe(store.columnAt(NOW_MS));
    expect(store.columnAt(NOW_MS + QUARTER_MS)).toBeUndefined();
  });

  it('is told anew once it is made of other contracts, but seldom', () => {
    const store = createPaneStore();
    const request = store.lacking(TIMES, 0)!;
    store.take(answerTo(request));
    const tail = store.lacking(TIMES, 5 * SECOND_MS)!;
    store.take(answerTo(tail, true, 'two', 90));
    expect(store.columnAt(NOW_MS)?.long.bytes[0]).toBe(200);
    expect(store.lacking(TIMES, 9 * SECOND_MS)).toBeNull();
    const again = store.lacking(TIMES, 10 * SECOND_MS)!;
    expect(again).toEqual(request);
    const { version } = store;
    store.take(answerTo(again, true, 'two', 90));
    expect(store.version).toBeGreaterThan(version);
    for (const openMs of [NOW_MS, request.fromMs]) expect(store.columnAt(openMs)?.long.bytes[0]).toBe(90);
    expect(store.lacking(TIMES, 15 * SECOND_MS)).toEqual(tail);
  });

  it('is still being made as long as the background makes columns of what is in sight', () => {
    const store = createPaneStore();
    const request = store.lacking(TIMES, 0)!;
    const told = (filledFromMs: number) => store.take({ ...answerTo(request), filledFromMs });
    expect(store.isFilling(TIMES)).toBe(false);
    told(NOW_MS);
    expect(store.isFilling(TIMES)).toBe(true);
    told(NOW_MS - 2 * DAY_MS);
    expect(store.isFilling(TIMES)).toBe(false);
    expect(store.isFilling(quarters(3_000))).toBe(true);
    told(0);
    expect(store.isFilling(quarters(3_000))).toBe(false);
  });

  it('is no more than the background keeps, however long the chart stays open', () => {
    const store = createPaneStore();
    store.lacking(TIMES, 0);
    const tell = (timeMs: number) =>
      store.take({
        fromMs: 0,
        toMs: 1,
        columns: [columnAsOf(timeMs)],
        bars: [timeMs, 1, 2],
        madeOf: '',
        filledFromMs: 0,
        isLast: false,
      });
    tell(NOW_MS - 30 * DAY_MS);
    tell(NOW_MS - DAY_MS);
    tell(NOW_MS + 5 * DAY_MS);
    expect(store.columnAt(NOW_MS - 30 * DAY_MS)).toBeUndefined();
    expect(store.columnAt(NOW_MS - DAY_MS)).toBeDefined();
    expect(store.rangeOf(NOW_MS - 30 * DAY_MS)).toBeNull();
  });

  it('is how far a bar reaches, unless one of its parts is unknown', () => {
    const store = createPaneStore();
    store.lacking(TIMES, 0);
    const told = (bars: readonly number[]) =>
      store.take({ fromMs: 0, toMs: 1, columns: [], bars: [...bars], madeOf: '', filledFromMs: 0, isLast: false });
    told([NOW_MS, 10, 12, NOW_MS + 2 * BAR_MS, 9, 11]);
    expect(store.rangeOf(NOW_MS)).toBeNull();
    told([NOW_MS + BAR_MS, 11, 15]);
    expect(store.rangeOf(NOW_MS)).toEqual([9, 15]);
    // The bar still open has only as many parts as have begun, and a part may grow.
    told([NOW_MS + QUARTER_MS, 20, 21]);
    expect(store.rangeOf(NOW_MS + QUARTER_MS)).toEqual([20, 21]);
    told([NOW_MS + QUARTER_MS, 19, 21]);
    expect(store.rangeOf(NOW_MS + QUARTER_MS)).toEqual([19, 21]);
  });
});
