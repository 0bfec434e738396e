import { describe, expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { liquidationPlace, scoreLocation } from '@/lib/model/location-score';

const WIDTH = 0.001;
const FIRST = 1_000;
/** Middle price of the cell `i` cells from the first. */
const priceOf = (i: number) => Math.exp((FIRST + i + 0.5) * WIDTH);
/** Forty cells, the mark in cell 20; USD of longs below and of shorts above, even but for what is given. */
function mapOf(usd: Readonly<Record<number, number>> = {}): Profile {
  const at = (i: number) => usd[i] ?? 10;
  return {
    asOfMs: 0,
    markPrice: priceOf(20),
    lastPrice: priceOf(20),
    binWidth: WIDTH,
    firstBin: FIRST,
    long: Float32Array.from({ length: 40 }, (_, i) => (i <= 20 ? at(i) : 0)),
    short: Float32Array.from({ length: 40 }, (_, i) => (i >= 20 ? at(i) : 0)),
    openInterestUsd: 1e6,
    unlocatedShare: 0,
  };
}
/** Price fell to cell 1: twenty cells of longs were crossed, the top tenth is two of them. */
const FALL = { low: priceOf(1), high: priceOf(20) };
const longAt = (i: number, usd = 100) => ({ positionSide: 'long' as const, price: priceOf(i), usd });

describe('where liquidations fell', () => {
  it('is no better than chance on an even map', () => {
    const score = scoreLocation(7, mapOf(), null, FALL, [longAt(5), longAt(12)]);
    expect(score).toMatchObject({ startMs: 7, eventCount: 2, usd: 200, dayOldEventCount: 0 });
    expect(score?.bits).toBeCloseTo(0, 9);
    expect(score?.topTenthUsd).toBeCloseTo(20, 9);
    expect(score?.topTenthUsdByChance).toBeCloseTo(20, 9);
  });

  it('gains bits and the top tenth where the map is full, and loses them where it is empty', () => {
    const map = mapOf({ 5: 400, 4: 400 });
    const hit = scoreLocation(0, map, null, FALL, [longAt(5)]);
    // Smoothed over neighbours (1, 2, 1) / 4; at the range's ends (2, 1) / 3: 20 cells of 10 and 780 more in all.
    const sum = 20 * 10 + 780;
    const cell = (2 * 400 + 400 + 10) / 4;
    expect(hit?.bits).toBeCloseTo(Math.log2(0.9 * ((cell * 20) / sum) + 0.1), 6);
    expect(hit?.topTenthUsd).toBe(100);
    const miss = scoreLocation(0, map, null, FALL, [longAt(15)]);
    expect(miss?.bits).toBeLessThan(-0.5);
    expect(miss?.topTenthUsd).toBe(0);
  });

  it('reads the map of a day before beside it', () => {
    const score = scoreLocation(0, mapOf({ 5: 400 }), mapOf({ 15: 400 }), FALL, [longAt(5)]);
    expect(score?.dayOldEventCount).toBe(1);
    expect(score?.dayOldBits).toBeLessThan(0);
    expect(score?.bits).toBeGreaterThan(1);
  });

  it('counts only events on levels that were crossed, of either side', () => {
    const rise = { low: priceOf(20), high: priceOf(30) };
    expect(scoreLocation(0, mapOf(), null, rise, [longAt(5)])).toBeNull();
    const short = { positionSide: 'short' as const, price: priceOf(27), usd: 50 };
    expect(scoreLocation(0, mapOf(), null, rise, [longAt(5), short])).toMatchObject({ eventCount: 1, usd: 50 });
    expect(scoreLocation(0, mapOf(), null, rise, [{ ...short, price: priceOf(33) }])).toBeNull();
  });

  it('says nothing of a range too narrow to have places', () => {
    expect(scoreLocation(0, mapOf(), null, { low: priceOf(18), high: priceOf(20) }, [longAt(19)])).toBeNull();
  });
});

it('places a liquidation at its fill, else as far as the mark came towards its bankruptcy price', () => {
  const bar = {
    openTimeMs: 0,
    open: 100,
    high: 101,
    low: 98,
    close: 99,
    volume: 1,
    takerBuyVolume: 1,
    markHigh: 100.5,
    markLow: 98.5,
    markClose: 99,
  };
  const event = { timeMs: 1, positionSide: 'long' as const, bankruptcyPrice: 98.1, averagePrice: 98.7, qty: 1 };
  expect(liquidationPlace(event, bar)).toBe(98.7);
  expect(liquidationPlace({ ...event, averagePrice: NaN }, bar)).toBe(98.5);
  expect(liquidationPlace({ ...event, averagePrice: NaN }, { ...bar, markLow: NaN })).toBe(98.1);
});
