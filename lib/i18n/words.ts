import { formatCount } from '@/lib/core/format';
import type { Language } from '@/lib/core/languages';
import { setLocale } from '@/lib/core/locale';
import type english from '@/public/words/en.json';

/** Every text of the product has one; those beginning with `band.` are also known on charts. */
export type WordKey = keyof typeof english;

/** Where a number decides the form, one text per plural category that the language has; the number is `count`. */
type Phrase = string | { readonly [category in Intl.LDMLPluralRule]?: string };

/** A language's texts by key. */
export type Words = Readonly<Record<string, Phrase>>;

/** What stands in the braces of a text; numbers are written as the language writes counts. */
export type WordParams = Readonly<Record<string, string | number>>;

let words: Words = {};
let plurals = new Intl.PluralRules('en');

/** Puts a language into force, for texts and numbers, in this page or script. */
export function speak(language: Language, catalogue: Words): void {
  setLocale(language);
  plurals = new Intl.PluralRules(language);
  words = catalogue;
}

/** The text of a key in the language in force, with `{name}` filled in. Call it while drawing, never while loading. */
export function t(key: WordKey, params: WordParams = {}): string {
  return textOf(key, params).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? formatCount(value) : value;
  });
}

/** The text with its braces; a key without a text stands for itself. */
function textOf(key: WordKey, { count }: WordParams): string {
  const phrase = words[key] ?? key;
  if (typeof phrase === 'string') return phrase;
  return phrase[plurals.select(Number(count))] ?? phrase.other ?? key;
}
