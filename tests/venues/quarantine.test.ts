import { beforeEach, describe, expect, it } from 'vitest';

import { ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { STREAM_NAMES, type StreamName } from '@/lib/market/health';
import { quarantined } from '@/lib/venues/quarantine';
import type { Snapshot, StreamHandlers, Venue, VenueStream } from '@/lib/venues/venue';

import { BTCUSDT } from '../market/sample-contract';
import { createVirtualTime, type VirtualTime } from './virtual-time';

const START_MS = 1_780_000_200_000;
const { signal } = new AbortController();
const SPAN = { startMs: START_MS - HOUR_MS, endMs: START_MS };

let time: VirtualTime;
let pushed: StreamHandlers;
let venue: Venue;
let stream: VenueStream;
let contracts: Contract[];
let bars: Bar[];
let snapshot: Snapshot;
let points: { timeMs: number; openInterest: number }[];
const seen: string[] = [];

const barAt = (nth: number, close = 100): Bar => ({
  openTimeMs: START_MS - nth * BAR_MS,
  open: close,
  high: close * 1.01,
  low: close * 0.99,
  close,
  volume: 5,
  takerBuyVolume: 2,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

beforeEach(() => {
  time = createVirtualTime(START_MS);
  seen.length = 0;
  contracts = [BTCUSDT];
  bars = [3, 2, 1].map((nth) => barAt(nth));
  points = [3, 2, 1].map((nth) => ({ timeMs: START_MS - nth * BAR_MS, openInterest: 1_000 }));
  snapshot = {
    openInterest: { timeMs: START_MS, openInterest: 1_000 },
    markPrice: 100,
    fundingRate: 0,
    nextFundingTimeMs: null,
    fundingIntervalMs: null,
    venueTimeMs: START_MS,
  };
  const raw = {
    id: 'bybit',
    name: 'Bybit',
    fetchLiquidations: null,
    openInterestReachMs: 0,
    fetchContracts: () => Promise.resolve(ok(contracts)),
    fetchBars: () => Promise.resolve(ok(bars)),
    fetchOpenInterest: () => Promise.resolve(ok(points)),
    fetchSnapshot: () => Promise.resolve(ok(snapshot)),
    openStream(handlers: StreamHandlers) {
      pushed = handlers;
      return { follow() {}, followLiquidations() {}, retry() {}, close() {} };
    },
    health: () => ({
      venueId: 'bybit',
      streams: STREAM_NAMES.map((name) => ({
        stream: name,
        state: 'live',
        sinceMs: START_MS,
        lastDataMs: START_MS,
        brokenCount: 0,
        detail: '',
        retryAtMs: null,
      })),
    }),
    retry() {},
  };
  venue = quarantined(raw as unknown as Venue, time);
  stream = venue.openStream({
    onTrade: (_, { price }) => void seen.push(`trade ${price}`),
    onMark: (_, { markPrice }) => void seen.push(`mark ${markPrice}`),
    onBar: (_, { close }) => void seen.push(`bar ${close}`),
    onLiquidation: (_, { qty }) => void seen.push(`liquidation ${qty}`),
    onLiquidationsRefused() {},
    onLiquidationsAccepted() {},
    onTiersChanged() {},
    onReconnect() {},
    onHealth: () => void seen.push('health'),
  });
  stream.follow(['BTCUSDT']);
});

const trade = (price: number, timeMs = time.now(), qty = 1) =>
  pushed.onTrade('BTCUSDT', { timeMs, price, qty, isTakerBuy: true });
const stateOf = (name: StreamName) => venue.health().streams.find((each) => each.stream === name)!;

it('takes a listing without a contract that can be read for an error, as it would be stored for a day', async () => {
  expect(await venue.fetchContracts(signal)).toEqual(ok([BTCUSDT]));
  contracts = [];
  expect(await venue.fetchContracts(signal)).toMatchObject({ ok: false, error: { kind: 'schema' } });
});

describe('absurd but well-formed data', () => {
  it('of a price a thousand times the last are left out, shown for a minute, and then forgotten', () => {
    trade(100);
    trade(100_000);
    trade(101);
    expect(seen).toEqual(['trade 100', 'health', 'trade 101']);
    expect(stateOf('trades')).toMatchObject({
      state: 'down',
      brokenCount: 1,
      detail: 'leftOutPrice|venue=Bybit|symbol=BTCUSDT',
    });
    expect(stateOf('mark').state).toBe('live');
    time.advance(2 * MINUTE_MS);
    expect(stateOf('trades').state).toBe('live');
    expect(seen.at(-1)).toBe('health');
    expect(time.timerCount()).toBe(0);
  });

  it('that come first give way to what is told more often, by trades, marks and requests alike', async () => {
    pushed.onMark('BTCUSDT', { timeMs: time.now(), markPrice: 100_000, fundingRate: 0, nextFundingTimeMs: 0 });
    trade(100);
    expect((await venue.fetchSnapshot('BTCUSDT', signal)).ok).toBe(true);
    trade(101);
    pushed.onMark('BTCUSDT', { timeMs: time.now(), markPrice: 101_000, fundingRate: 0, nextFundingTimeMs: 0 });
    trade(102);
    expect(seen.filter((each) => each !== 'health')).toEqual(['mark 100000', 'trade 101', 'trade 102']);
  });

  it('do not give way to slips that disagree, nor to fewer than agree with them', () => {
    trade(100);
    for (const price of [100_000, 1, 100_000, 1, 90_000]) trade(price);
    for (let nth = 0; nth < 9; nth += 1) trade(100);
    for (let nth = 0; nth < 8; nth += 1) trade(100_000);
    trade(101);
    expect(seen.filter((each) => !['health', 'trade 100'].includes(each))).toEqual(['trade 101']);
  });

  it('of open interest that come first give way too', async () => {
    const told = async (openInterest: number) => {
      snapshot = { ...snapshot, openInterest: { timeMs: START_MS, openInterest } };
      const result = await venue.fetchSnapshot('BTCUSDT', signal);
      return result.ok ? result.value.openInterest : null;
    };
    expect(await told(2_000_000)).not.toBeNull();
    expect(await told(1_000)).toBeNull();
    expect(await told(1_001)).toBeNull();
    expect(await told(1_002)).toMatchObject({ openInterest: 1_002 });
  });

  it('make nothing that is true absurd: nothing is judged by what was left out', async () => {
    trade(100);
    trade(1_500, time.now(), 0);
    trade(1_500, START_MS + 365 * DAY_MS);
    pushed.onMark('BTCUSDT', {
      timeMs: START_MS + 365 * DAY_MS,
      markPrice: 1_500,
      fundingRate: 0,
      nextFundingTimeMs: 0,
    });
    pushed.onBar('BTCUSDT', { ...barAt(0, 1_500), low: 2_000 }, false, time.now());
    snapshot = { ...snapshot, markPrice: 1_500, venueTimeMs: START_MS + 365 * DAY_MS };
    await venue.fetchSnapshot('BTCUSDT', signal);
    trade(70);
    expect(seen.filter((each) => each !== 'health')).toEqual(['trade 100', 'trade 70']);
  });

  it('of the future are left out, unless the time really moved on', () => {
    trade(100);
    trade(101, START_MS + 365 * DAY_MS);
    trade(102);
    trade(103, START_MS + 365 * DAY_MS);
    expect(seen.filter((each) => each !== 'health')).toEqual(['trade 100', 'trade 102']);
    expect(stateOf('trades').detail).toContain('leftOutTime');
    for (const nth of [1, 2, 3, 4]) trade(104, START_MS + HOUR_MS + nth * 1_000);
    expect(seen.filter((each) => each === 'trade 104')).toHaveLength(2);
  });

  it('of the past take nothing of now for the future, unless they go on', () => {
    trade(100);
    // As a connection begins: the last trades of a contract in which little is traded.
    for (let nth = 0; nth < 50; nth++) trade(101, START_MS - 10 * MINUTE_MS + nth);
    trade(102);
    expect(seen.filter((each) => each === 'trade 102' || each === 'health')).toEqual(['trade 102']);
    for (let nth = 0; nth < 12; nth++) {
      trade(103, START_MS - 10 * MINUTE_MS + time.now() - START_MS);
      time.advance(1_000);
    }
    trade(104);
    expect(seen.at(-1)).toBe('health');
  });

  it('of the very first frame are known by the machine, whose clock is wrong by hours at most', () => {
    trade(100, START_MS + 300 * DAY_MS);
    trade(101, START_MS + 20 * HOUR_MS);
    expect(seen).toEqual(['health', 'trade 101']);
  });

  it('of impossible times, sizes and ranges are left out', () => {
    trade(100, -1);
    trade(100, START_MS, 1e300);
    pushed.onBar('BTCUSDT', { ...barAt(0), low: 200 }, false, START_MS);
    pushed.onLiquidation('BTCUSDT', {
      timeMs: START_MS,
      positionSide: 'long',
      bankruptcyPrice: 100,
      averagePrice: NaN,
      qty: 1e200,
    });
    expect(seen.filter((each) => each !== 'health')).toEqual([]);
    expect(stateOf('liquidations').state).toBe('down');
  });

  it('of contracts that nobody follows are nobody’s', () => {
    pushed.onTrade('OTHER', { timeMs: START_MS, price: 1, qty: 1, isTakerBuy: true });
    expect(seen).toEqual([]);
  });

  it('in a page of bars refuse the page: bars are stored for good', async () => {
    expect((await venue.fetchBars('BTCUSDT', SPAN, signal)).ok).toBe(true);
    bars = [barAt(3), barAt(2, 100_000), barAt(1)];
    const result = await venue.fetchBars('BTCUSDT', SPAN, signal);
    expect(result.ok ? null : result.error.kind).toBe('schema');
    expect(stateOf('history').state).toBe('down');
  });

  it('in a page of bars hold a contract’s history up no longer than an hour: then the leap is no slip', async () => {
    const fetched = async () => (await venue.fetchBars('BTCUSDT', SPAN, signal)).ok;
    bars = [barAt(3), barAt(2, 100_000), barAt(1, 100_000)];
    expect(await fetched()).toBe(false);
    time.advance(HOUR_MS - MINUTE_MS);
    expect(await fetched()).toBe(false);
    time.advance(MINUTE_MS);
    expect(await fetched()).toBe(true);
    // Another one begins anew, and no time makes a bar sound that cannot be.
    bars = [barAt(3), barAt(2), barAt(1, 100_000)];
    expect(await fetched()).toBe(false);
    bars = [{ ...barAt(1), low: 200 }];
    expect(await fetched()).toBe(false);
    time.advance(2 * HOUR_MS);
    expect(await fetched()).toBe(false);
  });

  it('are told from a contract that grows: open interest that stays where it went is taken', async () => {
    points = [4, 5_000, 6_000].map((openInterest, i) => ({ timeMs: START_MS - (3 - i) * BAR_MS, openInterest }));
    const page = await venue.fetchOpenInterest('BTCUSDT', SPAN, signal);
    expect(page.ok && page.value).toEqual(points);
    expect(stateOf('openInterest').state).toBe('live');
  });

  it('stay counted when the doubt is forgotten, so that their stretch does not count as recorded', () => {
    const event = { positionSide: 'long', bankruptcyPrice: 100, averagePrice: NaN, qty: 1 } as const;
    trade(100);
    pushed.onLiquidation('BTCUSDT', { ...event, timeMs: START_MS + HOUR_MS });
    expect(stateOf('liquidations')).toMatchObject({ state: 'down', brokenCount: 1 });
    venue.retry();
    expect(stateOf('liquidations')).toMatchObject({ state: 'live', brokenCount: 1 });
    pushed.onLiquidation('BTCUSDT', { ...event, timeMs: START_MS + 3 * DAY_MS });
    time.advance(2 * MINUTE_MS);
    expect(stateOf('liquidations')).toMatchObject({ state: 'live', brokenCount: 2 });
  });

  it('of open interest, nought or a leap, count as not told', async () => {
    points[1] = { ...points[1], openInterest: 0 };
    points[2] = { ...points[2], openInterest: 1e9 };
    const page = await venue.fetchOpenInterest('BTCUSDT', SPAN, signal);
    expect(page.ok && page.value).toEqual([points[0]]);
    expect(stateOf('openInterest').state).toBe('down');
    venue.retry();
    expect(stateOf('openInterest').state).toBe('live');
    snapshot = { ...snapshot, openInterest: { timeMs: START_MS, openInterest: 0 } };
    const now = await venue.fetchSnapshot('BTCUSDT', signal);
    expect(now.ok && now.value).toMatchObject({ openInterest: null, markPrice: 100 });
    expect(stateOf('openInterest').detail).toContain('leftOutFigures');
  });
});
