import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import type { Words } from '@/lib/i18n/words';
import { readSources, shortenKeys, shortKeysOf } from '@/scripts/bundle/short-keys';

const english = JSON.parse(readFileSync('public/words/en.json', 'utf8')) as Words;
const sources = readSources('.');
const short = shortKeysOf(english, sources);

it('keeps the keys that code composes, and those of charts', () => {
  const words = { 'a.b.c': '', 'a.b': '', 'd.e': '', 'd.e.text': '', 'f.g': '', 'band.x': '' };
  const code = ['t(`a.b.${kind}`)', "t('a.b')", 't(`${key}.text`)', "say('d.e')", "t('f.g')"];
  expect([...shortKeysOf(words, code).keys()]).toEqual(['a.b', 'f.g']);
});

it('shortens whole literals and nothing else', () => {
  const keys = new Map([['a.b', 'k0']]);
  const code = `t('a.b'); <Row word="a.b" />; t('a.b.c'); x['a.b']; a.b; \`a.b\``;
  expect(shortenKeys(code, keys)).toBe(`t('k0'); <Row word="k0" />; t('a.b.c'); x['k0']; a.b; \`a.b\``);
});

it('gives most texts a short key of their own that keeps its place in the catalogue', () => {
  expect(short.size).toBeGreaterThan(Object.keys(english).length / 2);
  expect(new Set(short.values()).size).toBe(short.size);
  const catalogue = Object.fromEntries([...short.values()].map((key) => [key, '']));
  expect(Object.keys(catalogue)).toEqual([...short.values()]);
});

it('finds every text said somewhere', () => {
  const code = sources.join('\n');
  const unsaid = [...short.keys()].filter((key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`));
  // The manifest says it.
  expect(unsaid).toEqual(['manifest.description']);
});
