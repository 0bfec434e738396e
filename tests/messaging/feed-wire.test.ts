import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { binPrice } from '@/lib/market/profile';
import { cutProfile } from '@/lib/messaging/cut-profile';
import { messageFromWire } from '@/lib/messaging/feed-wire';

import { asClone, asJson } from './fake-port';

const BIN_WIDTH = 0.01;
/** Bins centred on the mark's own. */
const profileOf = (long: readonly number[], short: readonly number[], markPrice = 100): Profile => ({
  asOfMs: 1,
  markPrice,
  lastPrice: markPrice,
  binWidth: BIN_WIDTH,
  firstBin: Math.floor(Math.log(markPrice) / BIN_WIDTH) - Math.floor(long.length / 2),
  long: Float64Array.from(long),
  short: Float64Array.from(short),
  openInterestUsd: 1,
  unlocatedShare: 0,
});

const toBins = (usd: readonly number[]) => Float64Array.from(usd);

describe('a profile on the wire', () => {
  it.each([asClone, asJson])('comes back as cut, bit for bit, over %o', (transfer) => {
    const usd = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(usd, usd), { maxLength: 50 }), (bins) => {
        const profile = profileOf(
          bins.map(([long]) => long),
          bins.map(([, short]) => short),
        );
        const message = { type: 'profile', key: 'a', profile: cutProfile(profile) };
        expect(messageFromWire(transfer(message))).toEqual(message);
      }),
    );
  });

  it.each([asClone, asJson])('carries groups of leverage in the bins of the sides over %o', (transfer) => {
    const profile = {
      ...profileOf([0, 5, 0, 0], [0, 0, 0, 8]),
      groups: [
        [0, 1, 0, 2],
        [0, 4, 0, 6],
      ].map(toBins),
    };
    const message = messageFromWire(transfer({ type: 'profile', key: 'a', profile: cutProfile(profile) }));
    if (message.type !== 'profile') throw new Error('no profile');
    const { long, groups = [] } = message.profile;
    expect([...long]).toEqual([5, 0, 0]);
    expect(groups.map((group) => [...group])).toEqual([
      [1, 0, 2],
      [4, 0, 6],
    ]);
  });

  it('does not carry the memory behind an array that is a part of it', () => {
    const pool = new Float32Array(10_000).fill(5);
    const profile = { ...profileOf([1, 2], [3, 4]), long: pool.subarray(0, 2), short: pool.subarray(2, 4) };
    const { long } = cutProfile(profile) as Profile<Float32Array>;
    expect(long.buffer.byteLength).toBe(8);
  });
});

describe('the cut of a profile', () => {
  it('drops empty ends and keeps the price of every bin', () => {
    const profile = profileOf([0, 0, 5, 0, 0, 0], [0, 0, 0, 0, 7, 0]);
    const cut = cutProfile(profile);
    expect([...cut.long]).toEqual([5, 0, 0]);
    expect([...cut.short]).toEqual([0, 0, 7]);
    expect(binPrice(cut, 0)).toBe(binPrice(profile, 2));
  });

  it('keeps a quarter to four times the mark', () => {
    const full = Array.from({ length: 601 }, () => 100);
    const cut = cutProfile(profileOf(full, full));
    expect(binPrice(cut, 0)).toBeLessThanOrEqual(25);
    expect(binPrice(cut, 1)).toBeGreaterThan(25);
    expect(binPrice(cut, cut.long.length - 1)).toBeLessThanOrEqual(400);
    expect(binPrice(cut, cut.long.length)).toBeGreaterThan(400);
  });

  it('gives nothing of an empty profile', () => {
    expect(cutProfile(profileOf([0, 0], [0, 0])).long).toHaveLength(0);
    expect(cutProfile(profileOf([], [])).long).toHaveLength(0);
  });
});
