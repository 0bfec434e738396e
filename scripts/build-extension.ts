import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const SOURCES = ['entrypoints', 'components', 'lib', 'public', 'wxt.config.ts', 'package-lock.json'];

type BuiltFor = 'chrome' | 'firefox';

const dirOf = (browser: BuiltFor): string => path.join(root, `.output/${browser}-mv3`);
/** The unpacked Chrome build. */
export const CHROME_DIR = dirOf('chrome');

export function buildExtension(browser: BuiltFor): void {
  const wxt = spawnSync(path.join(root, 'node_modules/.bin/wxt'), ['build', '-b', browser], {
    cwd: root,
    encoding: 'utf8',
    // Started from a test runner it would inherit `test` and bundle the development JSX runtime.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (wxt.status !== 0) throw new Error(`The ${browser} build failed\n${wxt.stdout}${wxt.stderr}`);
}

/** Builds unless the build is newer than every source. Returns the build's folder. */
export function ensureBuild(browser: BuiltFor): string {
  const dir = dirOf(browser);
  const manifest = path.join(dir, 'manifest.json');
  const isFresh = existsSync(manifest) && newestMs(SOURCES) < statSync(manifest).mtimeMs;
  if (!isFresh) {
    console.log(`Building the extension for ${browser}`);
    buildExtension(browser);
  }
  return dir;
}

function newestMs(names: readonly string[]): number {
  const times = names.flatMap((name) => {
    const file = path.join(root, name);
    if (!existsSync(file)) return [];
    const below = statSync(file).isDirectory() ? readdirSync(file, { recursive: true, encoding: 'utf8' }) : [];
    return [file, ...below.map((inner) => path.join(file, inner))].map((each) => statSync(each).mtimeMs);
  });
  return Math.max(...times);
}
