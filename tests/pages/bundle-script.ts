import path from 'node:path';

import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const bundles = new Map<string, Promise<string>>();

/** A script for a page with all that it imports, built once per process; its exports are the properties of `name`. */
export function bundleScript(entry: string, name: string): Promise<string> {
  const bundle = bundles.get(entry) ?? buildScript(entry, name);
  bundles.set(entry, bundle);
  return bundle;
}

async function buildScript(entry: string, name: string): Promise<string> {
  const output = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { '@': root } },
    // Libraries ask which build they are.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: path.join(root, entry), formats: ['iife'], name },
    },
  });
  for (const { output: files } of [output].flat().filter((result) => 'output' in result)) {
    for (const file of files) if (file.type === 'chunk' && file.isEntry) return file.code;
  }
  throw new Error(`${entry} was not built`);
}
