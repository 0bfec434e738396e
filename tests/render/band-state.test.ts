import { describe, expect, it } from 'vitest';

import type { HealthState, VenueHealth } from '@/lib/market/health';
import { bandStateFromFacts, nextAgeChangeMs, type BandFacts } from '@/lib/render/band-state';

import { sampleStream } from '../market/sample-health';

const READY: BandFacts = {
  hasSymbol: true,
  resolution: { ok: true },
  scale: { topPrice: 62_000, bottomPrice: 58_000, disagreementPx: 0.1, doubt: null },
  profile: { lastPrice: 60_000, markPrice: 60_001 },
  progress: null,
  health: null,
  ageMs: 400,
};

const healthOf = (...states: readonly HealthState[]): VenueHealth => ({
  venueId: 'binance',
  streams: states.map((state) => sampleStream('trades', state)),
});
const stateOf = (facts: Partial<BandFacts>) => bandStateFromFacts({ ...READY, ...facts });
const hidden = (reason: string) => ({ kind: 'hidden', reason });

it('is ready with a scale, a profile and fresh data', () => {
  expect(stateOf({})).toEqual({ kind: 'ready', isLate: false });
});

describe('what the chart says', () => {
  it('hides an unknown symbol and one that no contract answers for', () => {
    expect(stateOf({ hasSymbol: false })).toEqual(hidden('unmapped-symbol'));
    expect(stateOf({ resolution: { ok: false, reason: 'no-data' } })).toEqual(hidden('no-data'));
  });

  it('hides without a scale and when two readings of it differ by more than a pixel', () => {
    expect(stateOf({ scale: null })).toEqual(hidden('no-scale'));
    expect(stateOf({ scale: { ...READY.scale!, disagreementPx: 1.01 } })).toEqual(hidden('scale-disagrees'));
    expect(stateOf({ scale: { ...READY.scale!, disagreementPx: 1 } }).kind).toBe('ready');
    expect(stateOf({ scale: { ...READY.scale!, disagreementPx: null } }).kind).toBe('ready');
  });

  it.each([
    [600, 400, 'hidden'],
    [19_900, 19_000, 'hidden'],
    [181_000, 190_000, 'hidden'],
    [190_000, 181_000, 'hidden'],
    [45_000, 40_000, 'ready'],
    [179_000, 90_000, 'ready'],
    [100_000, -5_000, 'ready'],
  ])('an axis from %d to %d is %s for a price of 60,000', (topPrice, bottomPrice, kind) => {
    const state = stateOf({ scale: { topPrice, bottomPrice, disagreementPx: null, doubt: null } });
    expect(state.kind).toBe(kind);
    if (kind === 'hidden') expect(state).toEqual(hidden('price-out-of-range'));
  });

  it('says what keeps labels from being prices, for those of another instrument that they show one', () => {
    const scale = { ...READY.scale!, doubt: 'scale-disagrees' } as const;
    expect(stateOf({ scale })).toEqual(hidden('scale-disagrees'));
    expect(stateOf({ scale: { ...scale, topPrice: 3, bottomPrice: 1 } })).toEqual(hidden('price-out-of-range'));
    const percent = { ...scale, topPrice: 3, bottomPrice: -2, doubt: 'no-base-price' } as const;
    expect(stateOf({ scale: percent })).toEqual(hidden('no-base-price'));
    expect(stateOf({ scale: percent, profile: null })).toEqual(hidden('connecting'));
  });

  it('judges by the mark before the first trade', () => {
    expect(stateOf({ profile: { lastPrice: NaN, markPrice: 60_000 } }).kind).toBe('ready');
    expect(stateOf({ profile: { lastPrice: NaN, markPrice: 600 } })).toEqual(hidden('price-out-of-range'));
  });
});

describe('what the data says', () => {
  it('connects, then shows how much history is there, then the levels', () => {
    expect(stateOf({ profile: null, resolution: null })).toEqual(hidden('connecting'));
    const progress = { daysDone: 12, daysTotal: 30 };
    expect(stateOf({ profile: null, progress })).toEqual({ kind: 'loading', ...progress });
    expect(stateOf({ progress }).kind).toBe('ready');
  });

  it('turns grey after 30 s and goes after 120 s', () => {
    expect(stateOf({ ageMs: 30_000 })).toEqual({ kind: 'ready', isLate: false });
    expect(stateOf({ ageMs: 30_001 })).toEqual({ kind: 'ready', isLate: true });
    expect(stateOf({ ageMs: 120_000 })).toEqual({ kind: 'ready', isLate: true });
    expect(stateOf({ ageMs: 120_001 })).toEqual(hidden('stale'));
    expect(stateOf({ ageMs: null })).toEqual({ kind: 'ready', isLate: false });
  });

  it.each([
    [['blocked', 'live'], 'blocked'],
    [['withheld', 'idle'], 'withheld'],
    [['down', 'connecting'], 'venue-down'],
    [['down', 'live'], 'stale'],
    [['silent'], 'stale'],
  ] as const)('names %s as the cause of old data: %s', (states, reason) => {
    expect(stateOf({ ageMs: 130_000, health: healthOf(...states) })).toEqual(hidden(reason));
  });

  it('keeps fresh levels while one stream is in trouble', () => {
    expect(stateOf({ health: healthOf('blocked', 'live') }).kind).toBe('ready');
  });

  it('names trouble instead of loading forever', () => {
    const progress = { daysDone: 0, daysTotal: 30 };
    expect(stateOf({ profile: null, progress, health: healthOf('blocked') })).toEqual(hidden('blocked'));
  });
});

describe('the next change by age alone', () => {
  it('is when fresh data turns late, then every second, then none', () => {
    expect(nextAgeChangeMs({ kind: 'ready', isLate: false }, 400)).toBe(29_601);
    expect(nextAgeChangeMs({ kind: 'ready', isLate: true }, 42_250)).toBe(751);
    expect(nextAgeChangeMs({ kind: 'hidden', reason: 'stale' }, 130_000)).toBeNull();
    expect(nextAgeChangeMs({ kind: 'ready', isLate: false }, null)).toBeNull();
  });
});
