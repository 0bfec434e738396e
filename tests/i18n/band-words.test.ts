import { expect, it } from 'vitest';

import type { Language, LanguageChoice } from '@/lib/core/languages';
import { type BandWords, createBandWords } from '@/lib/i18n/band-words';

const read = async (language: Language) => ({ 'band.title': `title in ${language}`, 'page.title': 'not for charts' });

it('tells the part for charts, at once and after a change of language', async () => {
  let change: (choice: LanguageChoice) => void = () => {};
  const setting = { read: async () => 'auto' as const, watch: (listener: typeof change) => void (change = listener) };
  const source = createBandWords(setting, () => ['ko-KR', 'en'], read);
  const told: BandWords[] = [];
  const end = source.follow((words) => told.push(words));
  await expect.poll(() => told).toEqual([{ language: 'ko', words: { 'band.title': 'title in ko' } }]);
  change('tr');
  await expect.poll(() => told.at(-1)).toEqual({ language: 'tr', words: { 'band.title': 'title in tr' } });
  end();
  change('ja');
  await new Promise((resolve) => setTimeout(resolve));
  expect(told).toHaveLength(2);
});

it('asks anew for texts that could not be read', async () => {
  const setting = { read: async () => 'en' as const, watch: () => {} };
  let canRead = false;
  const source = createBandWords(
    setting,
    () => [],
    async (language) => (canRead ? read(language) : {}),
  );
  const told: BandWords[] = [];
  source.follow((words) => told.push(words));
  await new Promise((resolve) => setTimeout(resolve));
  expect(told).toEqual([]);
  canRead = true;
  source.follow((words) => told.push(words));
  await expect.poll(() => told).toEqual([{ language: 'en', words: { 'band.title': 'title in en' } }]);
});
