import { afterEach, expect, it } from 'vitest';

import { formatAge, formatDistance, formatPrice, formatUsd, formatUsdShort } from '@/lib/core/format';
import { speak, t, type WordKey } from '@/lib/i18n/words';
import english from '@/public/words/en.json' with { type: 'json' };

afterEach(() => speak('en', english));

const key = 'contract.atVenue' satisfies WordKey;

it('fills in what stands in braces, numbers as the language writes them', () => {
  speak('es', { [key]: '{venue}: {count} contratos' });
  expect(t(key, { venue: 'Gate', count: 12_500 })).toBe('Gate: 12.500 contratos');
});

it('takes the plural form that the language has for the count', () => {
  speak('ru', { [key]: { one: '{count} день', few: '{count} дня', many: '{count} дней', other: '{count} дня' } });
  expect([1, 3, 11, 21, 30].map((count) => t(key, { count }))).toEqual([
    '1 день',
    '3 дня',
    '11 дней',
    '21 день',
    '30 дней',
  ]);
});

it('a key without a text stands for itself', () => {
  speak('en', {});
  expect(t(key)).toBe(key);
});

it.each([
  ['zh-CN', '$4180万', '$3.2亿', '60,249.8', '\u22122.2%', '4分钟 12秒'],
  ['ru', '$41,8\u00a0млн', '$319\u00a0млн', '60\u00a0249,8', '\u22122,2%', '4 мин 12 с'],
  ['pt-BR', '$41,8M', '$319M', '60.249,8', '\u22122,2%', '4 min 12 s'],
  ['tr', '$41,8M', '$319M', '60.249,8', '\u2212%2,2', '4d 12sn'],
] as const)('figures are written as in %s', (language, usd, short, price, distance, age) => {
  speak(language, {});
  expect(formatUsd(41_800_000)).toBe(usd);
  expect(formatUsdShort(319_000_000)).toBe(short);
  expect(formatPrice(60_249.8, 1)).toBe(price);
  expect(formatDistance(-0.022)).toBe(distance);
  expect(formatAge(252_000).replaceAll(/\s/g, ' ')).toBe(age);
});
