import path from 'node:path';

import { build } from 'vite';

let bundle: Promise<string> | null = null;

/** The pages' own script with lightweight-charts in it, built once per process. */
export function bundleClient(): Promise<string> {
  return (bundle ??= buildClient());
}

async function buildClient(): Promise<string> {
  const root = path.resolve(import.meta.dirname, '../..');
  const output = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { '@': root } },
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(import.meta.dirname, 'client/main.ts'), formats: ['iife'], name: 'chartPage' },
    },
  });
  for (const { output: files } of [output].flat().filter((result) => 'output' in result)) {
    for (const file of files) if (file.type === 'chunk' && file.isEntry) return file.code;
  }
  throw new Error("The chart pages' script was not built");
}
