import { expect, it } from 'vitest';

import { textInCode, textsOf } from './text-in-code';

it('no text stands in the code of pages', () => {
  expect(textInCode(['components', 'entrypoints'])).toEqual([]);
});

it('no sentence stands below them: they tell codes', () => {
  expect(textInCode(['lib']).filter((found) => /\S+ .*\p{Ll}{2}\.$/u.test(found))).toEqual([]);
});

it.each([
  ['<p>Read me</p>', 'Read me'],
  ['<p>{isOn ? "on" : null}</p>', 'on'],
  ['<p aria-label="hidden" />', 'hidden'],
  ['<Row name="Not yet" />', 'Not yet'],
  ['<p>{`${count} columns`}</p>', 'columns'],
  ['const OPTIONS = [{ value: "a", content: "all" }];', 'all'],
  ['drawText(context, "Shorts in view", 1, 2);', 'Shorts in view'],
])('%s holds a text', (source, text) => {
  expect(textsOf('a.tsx', source)).toEqual([`a.tsx:1 ${text}`]);
});

it.each([
  '<p class="button is-small">{t("own.save")}</p>',
  'import a from "Not a text";',
  'type Key = "Also none" | "None";',
  'if (key === "Some key") console.warn("told to us", key);',
  'throw new RangeError(`bad value ${value} of it`);',
])('%s holds none', (source) => {
  expect(textsOf('a.tsx', source)).toEqual([]);
});
