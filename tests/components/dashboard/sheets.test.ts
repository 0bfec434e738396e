import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

const IMPORT = /(?:\bfrom |^import )'([^']+)'/gm;
const LATER_IMPORT = /\bimport\('([^']+)'\)/g;

function fileOf(importer: string, name: string): string | null {
  if (!/^[@.]/.test(name)) return null;
  const base = name.startsWith('@/') ? name.slice(2) : path.join(path.dirname(importer), name);
  return (
    ['', '.ts', '.tsx'].map((ending) => base + ending).find((file) => /\.\w+$/.test(file) && existsSync(file)) ?? null
  );
}

/** Every file that `entry` loads, at once or (with `later`) whenever a page is opened. */
function loaded(entry: string, later: boolean): Set<string> {
  const files = new Set([entry]);
  for (const file of files) {
    if (!/\.tsx?$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    const names = [...text.matchAll(IMPORT), ...(later ? text.matchAll(LATER_IMPORT) : [])].map(([, name]) => name);
    for (const name of names) {
      const target = fileOf(file, name);
      if (target !== null) files.add(target);
    }
  }
  return files;
}

it('loads the sheets of its lazy pages at once, as their scripts bring none', () => {
  const entry = 'entrypoints/dashboard/main.tsx';
  const sheets = (later: boolean) => [...loaded(entry, later)].filter((file) => file.endsWith('.css')).sort();
  expect(sheets(true).length).toBeGreaterThan(20);
  expect(sheets(false)).toEqual(sheets(true));
});
