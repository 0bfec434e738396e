import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { binPrice } from '@/lib/market/profile';
import { cutProfile } from '@/lib/messaging/cut-profile';
import { createHello, decodeServerMessage, encodeServerMessage, encodingFromHello } from '@/lib/messaging/feed-wire';

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

describe('the greeting', () => {
  it('tells how the browser passes arrays', () => {
    expect(encodingFromHello(asClone(createHello()))).toBe('clone');
    expect(encodingFromHello(asJson(createHello()))).toBe('json');
  });

  it('is not taken for one when it is another message', () => {
    expect(encodingFromHello({ type: 'retry' })).toBeNull();
    expect(encodingFromHello('hello')).toBeNull();
  });
});

describe('a profile on the wire', () => {
  it.each(['clone', 'json'] as const)('comes back as cut, bit for bit, over %s', (encoding) => {
    const transfer = encoding === 'clone' ? asClone : asJson;
    const usd = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(usd, usd), { maxLength: 50 }), (bins) => {
        const profile = profileOf(
          bins.map(([long]) => long),
          bins.map(([, short]) => short),
        );
        const wire = transfer(encodeServerMessage({ type: 'profile', key: 'a', profile }, encoding));
        expect(decodeServerMessage(wire)).toEqual({ type: 'profile', key: 'a', profile: cutProfile(profile) });
      }),
    );
  });

  it.each(['clone', 'json'] as const)('carries groups of leverage in the bins of the sides over %s', (encoding) => {
    const profile = {
      ...profileOf([0, 5, 0, 0], [0, 0, 0, 8]),
      groups: [
        [0, 1, 0, 2],
        [0, 4, 0, 6],
      ].map(toBins),
    };
    const wire = encodeServerMessage({ type: 'profile', key: 'a', profile }, encoding);
    const message = decodeServerMessage((encoding === 'clone' ? asClone : asJson)(wire));
    if (message?.type !== 'profile') throw new Error('no profile');
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
    const wire = encodeServerMessage({ type: 'profile', key: 'a', profile }, 'clone') as {
      profile: Profile<Float32Array>;
    };
    expect(wire.profile.long.buffer.byteLength).toBe(8);
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

it('does not take anything else for a message of the background', () => {
  for (const noise of [null, undefined, 3, 'x', [], { kind: 'profile' }]) expect(decodeServerMessage(noise)).toBeNull();
});
