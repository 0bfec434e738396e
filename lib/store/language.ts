import { LANGUAGES, type LanguageChoice } from '@/lib/core/languages';

import { storedItem } from './stored-item';

const storedLanguage = storedItem<LanguageChoice>('language', 'auto');

const repaired = (stored: unknown): LanguageChoice => LANGUAGES.find((language) => language === stored) ?? 'auto';

/** The language that the user chose. */
export const readLanguage = async (): Promise<LanguageChoice> => repaired(await storedLanguage.getValue());

/** Calls back with every later choice; the returned function ends it. */
export const watchLanguage = (listener: (choice: LanguageChoice) => void): (() => void) =>
  storedLanguage.watch((stored) => listener(repaired(stored)));

/** Stores the choice; every page and script hears of it. */
export const writeLanguage = (choice: LanguageChoice): Promise<void> => storedLanguage.setValue(choice);
