import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  formatAge,
  formatCountdown,
  formatClusterPrice,
  formatDistance,
  formatFundingRate,
  NOTHING,
  formatPrice,
  formatRatio,
  formatShare,
  formatShares,
  formatUsd,
  formatUsdShort,
} from '@/lib/core/format';

describe('USD', () => {
  it.each([
    [756_000, '$756K'],
    [6_310_000, '$6.31M'],
    [41_800_000, '$41.8M'],
    [686_000_000, '$686M'],
    [5_020_000_000, '$5.02B'],
    [999_600, '$1.00M'],
    [9_996_000, '$10.0M'],
    [642, '$642'],
    [0, '$0'],
    [-1_500_000, '\u2212$1.50M'],
    [NaN, '\u2013'],
  ])('%d takes three figures in a panel: %s', (usd, text) => expect(formatUsd(usd)).toBe(text));

  it.each([
    [6_700_000, '$6.7M'],
    [9_960_000, '$10M'],
    [36_000_000, '$36M'],
    [319_000_000, '$319M'],
    [999_600, '$1.0M'],
    [7, '$7'],
  ])('%d takes two figures on the band: %s', (usd, text) => expect(formatUsdShort(usd)).toBe(text));

  it('never shows a mantissa of 1000 or more below a billion units', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9.9e11, noNaN: true }), (usd) => {
        expect(Number.parseFloat(formatUsd(usd).slice(1))).toBeLessThan(1000);
        expect(Number.parseFloat(formatUsdShort(usd).slice(1))).toBeLessThan(1000);
      }),
    );
  });

  it('states three figures within half a unit of the last one', () => {
    const scale = { K: 1e3, M: 1e6, B: 1e9 } as Record<string, number>;
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 9.9e11, noNaN: true }), (usd) => {
        const text = formatUsd(usd);
        const read = Number.parseFloat(text.slice(1)) * scale[text.at(-1)!];
        expect(Math.abs(read / usd - 1)).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});

it.each([
  [-0.022, undefined, '\u22122.2%'],
  [0.14, undefined, '+14%'],
  [0.0996, undefined, '+10%'],
  [-0.0251, 2, '\u22122.51%'],
  [-0.0001, undefined, '0.0%'],
  [NaN, undefined, '\u2013'],
] as const)('a distance of %d with %s digits reads %s', (fraction, digits, text) =>
  expect(formatDistance(fraction, digits)).toBe(text),
);

it.each([
  [60_249.8, 1, '60,249.8'],
  [58_906, 0, '58,906'],
  [999.5, 1, '999.5'],
  [1_234_567.891, 2, '1,234,567.89'],
  [0.00000515, 8, '0.00000515'],
] as const)('the price %d with %d digits reads %s', (price, digits, text) =>
  expect(formatPrice(price, digits)).toBe(text),
);

it('a cluster above 10,000 has a whole price, one below keeps its digits', () => {
  expect(formatClusterPrice(58_906.4, 1)).toBe('58,906');
  expect(formatClusterPrice(2_310.44, 2)).toBe('2,310.44');
});

it.each([
  [400, '0.4s'],
  [9_960, '10s'],
  [38_000, '38s'],
  [59_600, '1m 0s'],
  [252_000, '4m 12s'],
  [3_599_700, '1h 0m'],
  [7_500_000, '2h 5m'],
  [86_399_700, '1d 0h'],
  [273_600_000, '3d 4h'],
  [-5, '0.0s'],
])('an age of %d ms reads %s', (ageMs, text) => expect(formatAge(ageMs)).toBe(text));

it.each([
  [-5, '1s'],
  [3_200, '4s'],
  [48_000, '48s'],
  [252_000, '4m 12s'],
  [11_520_000, '3h 12m'],
])('%d ms still to wait reads %s', (remainingMs, text) => expect(formatCountdown(remainingMs)).toBe(text));

it('funding carries its period, ratio and share their decimals', () => {
  expect(formatFundingRate(0.000051, 8 * 3_600_000)).toBe('0.0051% / 8h');
  expect(formatFundingRate(-0.0001, 4 * 3_600_000)).toBe('\u22120.0100% / 4h');
  expect(formatFundingRate(0.000051, NaN)).toBe('0.0051%');
  expect(formatFundingRate(NaN, 8 * 3_600_000)).toBe(NOTHING);
  expect(formatRatio(1.4199)).toBe('1.42');
  expect(formatShare(0.374)).toBe('37%');
  expect(formatShare(0.0421)).toBe('4.2%');
  expect(formatShare(0)).toBe('0%');
});

it('parts of a whole add up to it as they are written', () => {
  expect(formatShares([1 / 3, 1 / 3, 1 / 3])).toEqual(['33.4%', '33.3%', '33.3%']);
  const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(weights, (parts) => {
      const whole = parts.reduce((sum, part) => sum + part, 0);
      const written = formatShares(parts.map((part) => part / whole)).map((text) => Number(text.slice(0, -1)));
      expect(written.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6);
      written.forEach((share, i) => expect(Math.abs(share - (100 * parts[i]) / whole)).toBeLessThan(0.1 + 1e-9));
    }),
  );
});
