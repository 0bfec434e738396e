import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { LANGUAGES } from '@/lib/core/languages';
import { packWords, unpackWords } from '@/lib/i18n/pack-words';
import type { Words } from '@/lib/i18n/words';

const WORDS = path.resolve(import.meta.dirname, '../../public/words');
const read = (language: string): Words =>
  JSON.parse(readFileSync(path.join(WORDS, `${language}.json`), 'utf8')) as Words;
const english = read('en');

/** What stands in braces, of every form that the text has. */
const paramsOf = (phrase: Words[string]): string[][] =>
  (typeof phrase === 'string' ? [phrase] : Object.values(phrase)).map((text) =>
    [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort(),
  );

it.each(LANGUAGES)(
  'every text in %s has an English one, names what that names and has all its plural forms',
  (language) => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, phrase] of Object.entries(read(language))) {
      expect(english, key).toHaveProperty([key]);
      const wanted = paramsOf(english[key]).at(-1);
      const forms = paramsOf(phrase);
      // A form for one may go without the figure, the last one stands for all.
      for (const names of forms) expect(wanted, key).toEqual(expect.arrayContaining(names));
      expect(forms.at(-1), key).toEqual(wanted);
      if (typeof phrase !== 'string')
        expect(Object.keys(phrase), key).toEqual(
          expect.arrayContaining(categories.filter((each) => each !== 'many' || language === 'ru')),
        );
    }
  },
);

it.each(LANGUAGES)('%s comes out of its packed form as it went in, with English where it lacks a text', (language) => {
  const own = read(language);
  expect(unpackWords(english, packWords(english, own))).toEqual({ ...english, ...own });
});

/** Called alike in every language: palettes, the letters of the sides, and what holds nothing but a figure. */
const ALIKE =
  /^palette\..*\.(?:dark|light)$|Letter$|^report\.change$|^look\.pixels$|^lift\.title$|^export\.utc$|^band\.as\.contract$/;

it.each(LANGUAGES)('%s has every text', (language) => {
  const own = read(language);
  expect(Object.keys(english).filter((key) => !(key in own) && !ALIKE.test(key))).toEqual([]);
});

/** Every character of an encoding, of two bytes each. */
function charactersOf(encoding: string, firstOfRow: number, lastRow: number): Set<string> {
  const decoder = new TextDecoder(encoding);
  const characters = new Set<string>();
  for (let high = firstOfRow; high <= lastRow; high++)
    for (let low = 0x40; low <= 0xfe; low++) characters.add(decoder.decode(new Uint8Array([high, low])));
  return characters;
}

it.each([
  // Big5 has no simplified characters, the ideographs of GB 2312 no traditional ones.
  ['zh-TW', charactersOf('big5', 0xa4, 0xf9)],
  ['zh-CN', charactersOf('gb18030', 0xb0, 0xf7)],
] as const)('%s is written in its own script', (language, script) => {
  const foreign = Object.entries(read(language)).map(([key, phrase]) => [
    key,
    (JSON.stringify(phrase).match(/\p{Script=Han}/gu) ?? []).filter((character) => !script.has(character)),
  ]);
  expect(foreign.filter(([, characters]) => characters.length > 0)).toEqual([]);
});
