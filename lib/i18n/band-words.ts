import { languageOf, type Language, type LanguageChoice } from '@/lib/core/languages';

import { readWords } from './read-words';
import type { Words } from './words';

/** The texts that charts need, in a language. */
export interface BandWords {
  readonly language: Language;
  readonly words: Words;
}

export interface BandWordsSource {
  /** Tells them soon and after every change of language, until the returned function is called. */
  follow(listener: (told: BandWords) => void): () => void;
}

interface LanguageSetting {
  read(): Promise<LanguageChoice>;
  watch(listener: (choice: LanguageChoice) => void): void;
}

/** Content scripts may not read our files: whoever feeds them hands them their part. */
export function createBandWords(
  setting: LanguageSetting,
  browserLanguages: () => readonly string[],
  read: (language: Language) => Promise<Words> = readWords,
): BandWordsSource {
  const listeners = new Set<(told: BandWords) => void>();
  let current: Promise<BandWords> | null = null;

  const wordsOf = async (choice: LanguageChoice): Promise<BandWords> => {
    const language = languageOf(choice, browserLanguages());
    const words = Object.entries(await read(language)).filter(([key]) => key.startsWith('band.'));
    return { language, words: Object.fromEntries(words) };
  };
  setting.watch((choice) => {
    current = wordsOf(choice);
    for (const listener of listeners) tell(listener);
  });
  const tell = (listener: (told: BandWords) => void) => {
    current ??= setting.read().then(wordsOf);
    const told = current;
    /** Texts that could not be read are asked for anew by whoever comes next. */
    const forget = () => {
      if (told === current) current = null;
    };
    told.then((words) => {
      if (Object.keys(words.words).length === 0) return forget();
      if (listeners.has(listener) && told === current) listener(words);
    }, forget);
  };

  return {
    follow(listener) {
      listeners.add(listener);
      tell(listener);
      return () => void listeners.delete(listener);
    },
  };
}
