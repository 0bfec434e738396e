/**
 * A schema here is composed, reads one way and is asked by `safeParse` alone; nothing in it is awaited or coerced. zod decides all that
 * at run time and hangs every way to ask on every schema, so nothing falls away by itself: what is stated here lets the minifier drop a
 * kilobyte. `tests/scripts/slim-zod.test.ts` holds that each still applies, and that we use nothing of it.
 */
export const ZOD_FACTS: readonly (readonly [file: string, what: RegExp, fact: string])[] = [
  ['zod/v4/mini/schemas', /\n {4}(?:parse|parseAsync|safeParseAsync|brand|register|apply)\(.*\) \{[^]*?\n {4}\},/g, ''],
  ['zod/v4/mini/schemas', /\n {4}[gs]et with\(.*\) \{[^]*?\n {4}\},/g, ''],
  ['zod/v4/core/schemas', /\n {4}[gs]et "~standard"\(.*\) \{[^]*?\n {4}\},/g, ''],
  ['zod/v4/core/schemas', /\w+ instanceof Promise/g, 'false'],
  ['zod/v4/core/schemas', /ctx\??\.direction === "backward"/g, 'false'],
  ['zod/v4/core/schemas', /ctx\??\.direction !== "backward"/g, 'true'],
  ['zod/v4/core/schemas', /\bdef\.coerce\b/g, 'false'],
  // What only a template literal reads.
  ['zod/v4/core/schemas', /\n {4}inst\._zod\.pattern = [^;]*;/g, ''],
  ['zod/v4/core/schemas', /\n {4}util\.defineLazyInternal\(inst, "pattern", \(zod\) => \{[^]*?\n {4}\}\);/g, ''],
];

export const slimZod = {
  name: 'slim-zod',
  transform: (code: string, id: string) =>
    ZOD_FACTS.some(([file]) => id.includes(file))
      ? {
          code: ZOD_FACTS.reduce(
            (text, [file, what, fact]) => (id.includes(file) ? text.replaceAll(what, fact) : text),
            code,
          ),
          map: null,
        }
      : null,
};
