import { languageOf, type LanguageChoice } from '@/lib/core/languages';
import { readWords } from '@/lib/i18n/read-words';
import { speak } from '@/lib/i18n/words';
import { readLanguage, watchLanguage } from '@/lib/store/language';

/** Draws a page once its language is in force and again after every change of it; gives back how to draw it meanwhile. */
export function inLanguage(draw: () => void): () => void {
  let isReady = false;
  let turn = 0;
  const follow = async (choice: LanguageChoice) => {
    const mine = ++turn;
    const language = languageOf(choice, navigator.languages);
    const words = await readWords(language);
    if (mine !== turn) return;
    speak(language, words);
    document.documentElement.lang = language;
    isReady = true;
    draw();
  };
  watchLanguage((choice) => void follow(choice));
  // A page says something even where its settings cannot be read.
  void readLanguage()
    .catch(() => 'auto' as const)
    .then(follow);
  return () => {
    if (isReady) draw();
  };
}
