import type { Language } from '@/lib/core/languages';

/** Every language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  ja: '日本語',
  ko: '한국어',
  ru: 'Русский',
  es: 'Español',
  'pt-BR': 'Português',
  tr: 'Türkçe',
  vi: 'Tiếng Việt',
};
