import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseTickLabel, parseTickLabels } from '@/lib/chart/tick-label';

describe('one label', () => {
  it.each([
    ['68,250.0', '.', 68_250],
    ['68.250,0', ',', 68_250],
    ['68\u202f250,0', ',', 68_250],
    ['68\u00a0250.5', '.', 68_250.5],
    ['68 250.5', '.', 68_250.5],
    ["68'250.50", '.', 68_250.5],
    ['68\u2019250.50', '.', 68_250.5],
    ['1,068,250', '.', 1_068_250],
    ['\u202a68,250.0\u202c', '.', 68_250],
    ['\u200e\u202b\u22123.25\u202c', '.', -3.25],
    ['0.515e-5', '.', 5.15e-6],
    ['0.515e\u22125', '.', 5.15e-6],
    ['0.0\u2085123', '.', 1.23e-6],
    ['0.0{5}123', '.', 1.23e-6],
    ['0,0\u2081\u2080123', ',', 1.23e-11],
    ['0.02500', '.', 0.025],
    ['\u221212.5', '.', -12.5],
    ['96.50', '.', 96.5],
    ['68250', '.', 68_250],
  ] as const)('reads %s with "%s" as %d', (text, mark, value) => {
    const label = parseTickLabel(text, mark);
    expect(label?.isPercent).toBe(false);
    expect(label?.value).toBeCloseTo(value, 15);
  });

  it.each([
    ['\u22123.00%', '.', -3],
    ['12,50 %', ',', 12.5],
    ['+1.25%', '.', 1.25],
  ] as const)('knows %s for a percentage', (text, mark, value) => {
    expect(parseTickLabel(text, mark)).toMatchObject({ isPercent: true, value });
  });

  it.each([
    '1.05 K',
    '1.05K',
    '2.3M',
    '12:30',
    'Sep',
    '',
    '-',
    '68,25.0',
    '6,8250',
    '1.2.3',
    '0,250.0',
    '0.0\u2081\u2080\u2080123',
    '68,250.0.0',
    '1e',
    'e5',
    'NaN',
  ])('takes %s for no price', (text) => {
    expect(parseTickLabel(text, '.')).toBeNull();
  });

  it('reads back what every locale prints', () => {
    const locale = fc.constantFrom('en', 'de', 'fr', 'ru', 'es', 'pt-BR', 'de-CH', 'pl', 'ja', 'he', 'tr');
    const digits = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(locale, digits, fc.integer({ min: 1, max: 10_000_000 }), (name, fraction, units) => {
        const value = units / 10 ** fraction;
        const format = new Intl.NumberFormat(name, {
          minimumFractionDigits: fraction,
          maximumFractionDigits: fraction,
        });
        const mark =
          format.formatToParts(value).find(({ type }) => type === 'decimal')?.value ?? (name === 'de' ? ',' : '.');
        const text = format.format(value);
        fc.pre(mark === '.' || mark === ',');
        // Without a decimal mark the label itself cannot tell which one is the group's.
        fc.pre(fraction > 0 || !/[.,]/.test(text));
        expect(parseTickLabel(text, mark === ',' ? ',' : '.')?.value).toBeCloseTo(value, 9);
      }),
    );
  });
});

describe('the labels of an axis', () => {
  const values = (texts: string[]): (number | undefined)[] =>
    parseTickLabels(texts).labels.map((label) => label?.value);

  it('let one clear label decide for the ambiguous ones', () => {
    expect(values(['68.250', '68.500', '1.068.250'])).toEqual([68_250, 68_500, 1_068_250]);
    expect(values(['0.250', '0.500', '1.250'])).toEqual([0.25, 0.5, 1.25]);
    expect(values(['0,250', '0,500', '1,250'])).toEqual([0.25, 0.5, 1.25]);
  });

  it('have the same count of decimals all over', () => {
    expect(values(['998', '1.000', '1.002'])).toEqual([998, 1000, 1002]);
    expect(values(['998', '1,000', '1,002'])).toEqual([998, 1000, 1002]);
  });

  it('are read with a decimal point when nothing settles it', () => {
    expect(values(['1.250', '1.500'])).toEqual([1.25, 1.5]);
  });

  it('tell how they would read under the other convention where nothing settles it', () => {
    const other = (texts: string[]): number => parseTickLabels(texts).otherReading;
    expect(other(['68.250', '68.500', '12:30'])).toBe(1000);
    expect(other(['68,250', '68,500'])).toBe(0.001);
    for (const plain of [
      ['68,250.0', '68,500.0'],
      ['68250', '68500'],
      ['0.250', '1.250'],
      ['998', '1.000'],
      ['12:30'],
      [],
    ])
      expect(other(plain)).toBe(1);
  });

  it('keep their places when some are no numbers', () => {
    expect(values(['68,250.0', '12:30', '68,300.0'])).toEqual([68_250, undefined, 68_300]);
  });
});
