import { expect, it } from 'vitest';

import { languageOf } from '@/lib/core/languages';

it.each([
  [['de-DE', 'fr'], 'en'],
  [['de', 'ru-UA', 'tr'], 'ru'],
  [['zh'], 'zh-CN'],
  [['zh-Hant'], 'zh-TW'],
  [['zh-HK'], 'zh-TW'],
  [['zh-Hans-HK'], 'zh-CN'],
  [['pt-PT'], 'pt-BR'],
  [['es-419'], 'es'],
  [[], 'en'],
] as const)('a browser that asks for %j is spoken to in %s', (wanted, language) =>
  expect(languageOf('auto', wanted)).toBe(language),
);

it('a chosen language holds whatever the browser asks for', () => expect(languageOf('vi', ['ja'])).toBe('vi'));
