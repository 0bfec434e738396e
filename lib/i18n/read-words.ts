import type { Language } from '@/lib/core/languages';

import { type PackedWords, unpackWords } from './pack-words';
import type { Words } from './words';

/**
 * A language's texts over the English ones: what is not translated, or cannot be read, is English. For our own pages
 * and the background; `browser.i18n` knows no other language than the browser's.
 */
export async function readWords(language: Language): Promise<Words> {
  const [english, own] = await Promise.all([
    readFile<Words>('en', {}),
    language === 'en' ? [] : readFile<PackedWords>(language, []),
  ]);
  return unpackWords(english, own);
}

async function readFile<T>(language: Language, fallback: T): Promise<T> {
  try {
    const answer = await fetch(`/words/${language}.json`);
    return (await answer.json()) as T;
  } catch (cause) {
    console.warn('liqband: no words', language, cause);
    return fallback;
  }
}
