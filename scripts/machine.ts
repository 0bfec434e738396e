import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** Installs Debian packages where we are root or may become it without a password; false where that is not so. */
export function installPackages(names: readonly string[]): boolean {
  if (!isExecutable('/usr/bin/apt-get')) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  console.log(`Installing ${names.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args: readonly string[]): boolean => {
    const command = ['apt-get', '-qq', ...args];
    const [program, ...rest] = isRoot ? command : ['sudo', '-n', ...command];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  return apt(['update']) && apt(['install', '-y', '--no-install-recommends', ...names]);
}

export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
