import path from 'node:path';

import { installPackages, isExecutable } from './machine';

/** Path of a Firefox, installed when there is none and the machine lets us, or null. `FIREFOX_PATH` decides when it is set. */
export function ensureFirefox(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env['FIREFOX_PATH']) {
    if (!isExecutable(env['FIREFOX_PATH']))
      throw new Error(`FIREFOX_PATH is not an executable: ${env['FIREFOX_PATH']}`);
    return env['FIREFOX_PATH'];
  }
  const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(path.delimiter)];
  const candidates = [
    ...['firefox-esr', 'firefox'].flatMap((name) => folders.map((dir) => path.join(dir, name))),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ];
  const find = (): string | null => candidates.find((file) => isExecutable(file)) ?? null;
  return find() ?? (installPackages(['firefox-esr']) ? find() : null);
}
