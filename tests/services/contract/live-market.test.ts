import { expect, it } from 'vitest';

import { BAR_MS, type Bar } from '@/lib/market/bar';
import { createLiveMarket } from '@/lib/services/contract/live-market';

const bar = (openTimeMs: number, close: number): Bar => ({
  openTimeMs,
  open: 100,
  high: Math.max(100, close) + 1,
  low: Math.min(100, close) - 1,
  close,
  volume: 10,
  takerBuyVolume: 5,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

const mark = (timeMs: number, markPrice: number) => ({ timeMs, markPrice, fundingRate: 1e-4, nextFundingTimeMs: 9e6 });

it('gives the open bar the live open interest and the range of the mark', () => {
  const live = createLiveMarket();
  live.onBar(bar(BAR_MS, 101));
  live.onMark(mark(BAR_MS + 1_000, 105));
  live.onMark(mark(BAR_MS + 2_000, 95));
  live.onSnapshot({
    openInterest: { timeMs: BAR_MS, openInterest: 777 },
    markPrice: 1,
    fundingRate: null,
    nextFundingTimeMs: null,
    fundingIntervalMs: null,
    venueTimeMs: null,
  });
  expect(live.barsAfter(BAR_MS, [])).toEqual([
    { ...bar(BAR_MS, 101), markHigh: 105, markLow: 95, markClose: 95, openInterest: 777 },
  ]);
  expect(live.markPrice).toBe(95);
});

it('takes the mark price from whichever spoke last, stream or poll', () => {
  const live = createLiveMarket();
  const polled = (venueTimeMs: number, markPrice: number) =>
    live.onSnapshot({
      openInterest: null,
      markPrice,
      fundingRate: 2e-4,
      nextFundingTimeMs: 5,
      fundingIntervalMs: null,
      venueTimeMs,
    });
  live.onMark(mark(10_000, 100));
  polled(9_000, 90);
  expect([live.markPrice, live.fundingRate]).toEqual([100, 1e-4]);
  polled(25_000, 110);
  expect([live.markPrice, live.fundingRate]).toEqual([110, 2e-4]);
});

it('keeps the funding it knows while a mark comes without', () => {
  const live = createLiveMarket();
  live.onMark({ ...mark(1_000, 100), fundingRate: NaN, nextFundingTimeMs: NaN });
  expect([live.fundingRate, live.nextFundingTimeMs]).toEqual([null, null]);
  live.onMark(mark(2_000, 100));
  live.onMark({ ...mark(3_000, 101), fundingRate: NaN, nextFundingTimeMs: NaN });
  expect([live.markPrice, live.fundingRate, live.nextFundingTimeMs]).toEqual([101, 1e-4, 9e6]);
  const without = { openInterest: null, fundingRate: null, nextFundingTimeMs: null, fundingIntervalMs: null };
  live.onSnapshot({ ...without, markPrice: 102, venueTimeMs: 4_000 });
  expect([live.markPrice, live.fundingRate, live.nextFundingTimeMs]).toEqual([102, 1e-4, 9e6]);
});

it('prefers the bars of the log, keeps order and forgets what was folded', () => {
  const live = createLiveMarket();
  live.onBar(bar(0, 90));
  live.onBar(bar(BAR_MS, 91));
  live.onBar(bar(2 * BAR_MS, 92));
  const after = live.barsAfter(BAR_MS, [bar(BAR_MS, 95)]);
  expect(after.map(({ openTimeMs, close }) => [openTimeMs, close])).toEqual([
    [BAR_MS, 95],
    [2 * BAR_MS, 92],
  ]);
  expect(after[0].openInterest).toBeNaN();
  expect(live.barsAfter(0, []).map(({ openTimeMs }) => openTimeMs)).toEqual([BAR_MS, 2 * BAR_MS]);
});

it('splits the volume of the open bar as its trades were, where the venue does not', () => {
  const live = createLiveMarket();
  const trade = (timeMs: number, qty: number, isTakerBuy: boolean) =>
    live.onTrade({ timeMs, price: 100, qty, isTakerBuy });
  trade(BAR_MS - 1, 50, true);
  trade(BAR_MS + 1_000, 3, true);
  trade(BAR_MS + 2_000, 1, false);
  live.onBar({ ...bar(BAR_MS, 101), takerBuyVolume: NaN });
  expect(live.barsAfter(BAR_MS, [])[0].takerBuyVolume).toBe(7.5);
  live.onBar(bar(BAR_MS, 101));
  expect(live.barsAfter(BAR_MS, [])[0].takerBuyVolume).toBe(5);
});

it('tells the open bar’s minutes by its trades, once nearly all of its volume was heard', () => {
  const live = createLiveMarket();
  const trade = (afterMs: number, price: number, qty: number) =>
    live.onTrade({ timeMs: BAR_MS + afterMs, price, qty, isTakerBuy: true });
  live.onBar(bar(BAR_MS, 101));
  trade(1_000, 100, 3);
  trade(59_999, 102, 1);
  trade(60_000, 99, 4);
  expect(live.barsAfter(BAR_MS, [])[0].minutes).toBeUndefined();
  trade(130_000, 101, 2);
  const path = live.barsAfter(BAR_MS, [])[0].minutes ?? new Float64Array();
  expect([...path]).toEqual([102, 100, 102, 4, 99, 99, 99, 4, 101, 101, 101, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
});

it('keeps a day of bars where nobody ever asks for them', () => {
  const live = createLiveMarket();
  const [first, last] = [BAR_MS, 3 * 288 * BAR_MS];
  for (let openTimeMs = first; openTimeMs <= last; openTimeMs += BAR_MS) {
    live.onTrade({ timeMs: openTimeMs + 1, price: 100, qty: 10, isTakerBuy: true });
    live.onMark(mark(openTimeMs + 2, 100));
    live.onBar(bar(openTimeMs, 101));
  }
  const kept = live.barsAfter(-Infinity, []);
  expect(kept.map(({ openTimeMs }) => openTimeMs)).toEqual(
    Array.from({ length: 289 }, (_, nth) => last - (288 - nth) * BAR_MS),
  );
  expect(kept.every(({ markHigh, minutes }) => markHigh > 0 && minutes !== undefined)).toBe(true);
});

it('keeps nothing of a first price that proved to be a slip in the range of the bar and in its minutes', () => {
  const live = createLiveMarket();
  const trade = (price: number) => live.onTrade({ timeMs: BAR_MS + 1_000, price, qty: 5, isTakerBuy: true });
  live.onMark(mark(BAR_MS + 1_000, 100_000));
  trade(100_000);
  live.onMark(mark(BAR_MS + 2_000, 101));
  live.onMark(mark(BAR_MS + 3_000, 99));
  trade(101);
  trade(99);
  live.onBar({ ...bar(BAR_MS, 101), takerBuyVolume: NaN });
  const [told] = live.barsAfter(BAR_MS, []);
  expect([told.markHigh, told.markLow, told.markClose]).toEqual([102, 99, 99]);
  expect([...(told.minutes ?? [])].slice(0, 4)).toEqual([101, 99, 99, 10]);
});
