/** Every language that the product speaks. */
export const LANGUAGES = ['en', 'zh-CN', 'zh-TW', 'ja', 'ko', 'ru', 'es', 'pt-BR', 'tr', 'vi'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `auto` follows the browser. */
export type LanguageChoice = Language | 'auto';

/** Chinese is told apart by script; where only the place is named, that of the place. */
const TRADITIONAL = /^zh-(?!hans)(?:.*-)?(?:hant|tw|hk|mo)/i;

/** The language to speak: the chosen one, else the first that the browser asks for, else English. */
export function languageOf(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of wanted) {
    if (TRADITIONAL.test(tag)) return 'zh-TW';
    const [code] = tag.toLowerCase().split('-');
    const found = LANGUAGES.find((language) => language.startsWith(code));
    if (found !== undefined) return found;
  }
  return 'en';
}
