import type { Language } from '@/lib/core/languages';

/** A page of the extension as it is to be seen. */
export interface PagePicture {
  readonly name: string;
  readonly file: string;
  readonly theme: 'dark' | 'light';
  readonly language: Language;
  readonly width: number;
  readonly height: number;
}

const PAGES = ['map', 'market', 'positions', 'alerts', 'score', 'diagnostics', 'options', 'first-run'] as const;
const page = (hash: string) => `dashboard.html#${hash}`;

/** Every page dark and light, the map from a side panel's width to a large screen's, and in two more languages. */
export const PAGE_PICTURES: readonly PagePicture[] = [
  ...PAGES.flatMap((hash) =>
    (['dark', 'light'] as const).map((theme) => ({
      name: `page-${hash}-${theme}`,
      file: page(hash),
      theme,
      language: 'en' as const,
      width: 1440,
      height: 900,
    })),
  ),
  ...([380, 2560] as const).map((width) => ({
    name: `page-map-${width}`,
    file: page('map'),
    theme: 'dark' as const,
    language: 'en' as const,
    width,
    height: width === 380 ? 900 : 1440,
  })),
  ...(['ja', 'ru'] as const).flatMap((language) => [
    { name: `page-map-${language}`, file: page('map'), theme: 'light' as const, language, width: 1440, height: 900 },
    { name: `popup-${language}`, file: 'popup.html', theme: 'dark' as const, language, width: 380, height: 600 },
  ]),
];
