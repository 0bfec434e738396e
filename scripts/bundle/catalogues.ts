import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { packWords } from '../../lib/i18n/pack-words';
import type { Words } from '../../lib/i18n/words';
import { readSources, shortenKeys, shortKeysOf } from './short-keys';

const ENGLISH = JSON.parse(readFileSync('public/words/en.json', 'utf8')) as Words;
const SHORT_KEYS = shortKeysOf(ENGLISH, readSources('.'));

export const withShortKeys = {
  name: 'short-keys',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    /[\\/](?:components|entrypoints|lib)[\\/].*\.tsx?\b/.test(id) && !id.includes('node_modules')
      ? { code: shortenKeys(code, SHORT_KEYS), map: null }
      : null,
};

interface PublicFile {
  relativeDest: string;
  absoluteSrc?: string;
  contents?: string;
}

/** The texts without white space and with short keys, those of other languages without any; the manifest's own as the browser reads them. */
export async function packCatalogues(files: PublicFile[]) {
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  const withShort = Object.entries(ENGLISH).map(([key, text]) => [SHORT_KEYS.get(key) ?? key, text]);
  const locales: PublicFile[] = [];
  for (const file of files) {
    const language = /^words[\\/](.+)\.json$/.exec(file.relativeDest)?.[1];
    if (language === undefined || file.absoluteSrc === undefined) continue;
    const own = await read(file.absoluteSrc);
    file.contents = JSON.stringify(language === 'en' ? Object.fromEntries(withShort) : packWords(ENGLISH, own));
    delete file.absoluteSrc;
    const ofManifest = Object.keys(ENGLISH).filter((key) => key.startsWith('manifest.'));
    const messages = ofManifest.map((key) => [key.slice(9), { message: own[key] ?? ENGLISH[key] }]);
    locales.push({
      relativeDest: `_locales/${language.replace('-', '_')}/messages.json`,
      contents: JSON.stringify(Object.fromEntries(messages)),
    });
  }
  files.push(...locales);
}
