import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Words } from '@/lib/i18n/words';

const ROOMS = ['components', 'entrypoints', 'lib'];

/**
 * A text's key is in the catalogue and wherever it is said: a tenth of what pages weigh. The build gives those short ones that stand in
 * the code as they are. Not those that code composes, nor the ones that charts get by how they begin.
 */
export function shortKeysOf(english: Words, sources: readonly string[]): ReadonlyMap<string, string> {
  const code = sources.join('\n');
  const starts = ['band.', ...Array.from(code.matchAll(/`([a-zA-Z]+\.[\w.]*)\$\{/g), ([, start]) => start)];
  const ends = Array.from(code.matchAll(/`\$\{[^}]*\}(\.[a-z]\w*)`/g), ([, end]) => end);
  const isComposed = (key: string): boolean =>
    starts.some((start) => key.startsWith(start)) || ends.some((end) => key.endsWith(end) || `${key}${end}` in english);
  const keys = Object.keys(english).filter((key) => !isComposed(key));
  // The other languages' texts come in the order of the English keys, and no object keeps numbers in the order they were told in.
  return new Map(keys.map((key, i) => [key, `k${i.toString(36)}`]));
}

export const shortenKeys = (code: string, short: ReadonlyMap<string, string>): string =>
  code.replaceAll(/(['"])([a-zA-Z]+\.[\w.]+)\1/g, (text, quote: string, key: string) => {
    const shorter = short.get(key);
    return shorter === undefined ? text : quote + shorter + quote;
  });

/** All that may say a text. */
export const readSources = (root: string): string[] =>
  ROOMS.flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(root, room, file), 'utf8')),
  );
