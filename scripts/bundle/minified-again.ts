import { minify } from 'terser';

/** What the bundler has minified becomes another two per cent smaller, which neither of the two reaches alone; `ownNames`, by script, become short. */
export const minifiedAgain = (ownNames: Readonly<Record<string, RegExp>>) => ({
  name: 'minified-again',
  apply: 'build' as const,
  async generateBundle(
    _: unknown,
    bundle: Record<string, { type: string; code?: string; imports?: readonly string[] }>,
  ) {
    for (const [file, { imports = [] }] of Object.entries(bundle)) {
      if (!(file in ownNames)) continue;
      // What it imports calls its objects by their full names.
      const words = imports.flatMap((other) => bundle[other]?.code?.match(/\w+/g) ?? []);
      const shared = words.filter((word) => ownNames[file].test(word));
      if (shared.length > 0) throw new Error(`${file} shares ${[...new Set(shared)].join(', ')} with what it imports`);
    }
    for (const [file, chunk] of Object.entries(bundle)) {
      if (chunk.type !== 'chunk' || chunk.code === undefined) continue;
      const { code } = await minify(chunk.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 5, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
        mangle: file in ownNames ? { properties: { regex: ownNames[file], builtins: true } } : true,
      });
      if (code !== undefined) chunk.code = code;
    }
  },
});
