import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';

import { expect, it } from 'vitest';

import { slimZod, ZOD_FACTS } from '@/scripts/bundle/slim-zod';

const read = (file: string) => readFileSync(`node_modules/${file}.js`, 'utf8');

it('states nothing that the installed zod no longer asks', () => {
  const unused = ZOD_FACTS.filter(([file, what]) => read(file).match(what) === null);
  expect(unused).toEqual([]);
});

it('leaves every file of zod a module that can be read, and what is used', () => {
  for (const file of new Set(ZOD_FACTS.map(([name]) => name))) {
    const slim = slimZod.transform(read(file), `/node_modules/${file}.js`)?.code ?? '';
    expect(
      () => new Script(slim.replaceAll(/^(?:import|export \{).*$/gm, '').replaceAll(/^export /gm, '')),
    ).not.toThrow();
  }
  const mini = slimZod.transform(read('zod/v4/mini/schemas'), '/node_modules/zod/v4/mini/schemas.js')?.code;
  for (const kept of ['safeParse(data', 'check(...checks', 'clone(_def']) expect(mini).toContain(`\n    ${kept}`);
});

it('takes away nothing that we use', () => {
  const files = ['lib', 'components', 'entrypoints'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFileSync(file, 'utf8'));
  const withZod = sources.filter((text) => text.includes('zod/mini'));
  expect(withZod.length).toBeGreaterThan(10);
  for (const text of withZod) {
    expect(text).not.toMatch(
      /(?<!JSON|Date)\.(?:parse|parseAsync|safeParseAsync|brand|register|with|apply|coerce|promise|encode|templateLiteral)\(/,
    );
  }
});
