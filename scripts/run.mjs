// Runs one of this folder's scripts with what it needs in place, on a machine that has only Node >= 20 and npm:
// dependencies when the lock file changed, and the project's own Node with the import aliases.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [script, ...args] = process.argv.slice(2);

installDependencies();
const node = path.join(root, 'node_modules/.bin/node');
const child = spawnSync(node, ['--import', './scripts/alias.mjs', path.join('scripts', `${script}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(child.status ?? 1);

function installDependencies() {
  const stamp = path.join(root, 'node_modules/.liqband-lock');
  const hash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Installing dependencies');
  // Not `npm ci`: where a registry lacks optional packages of other platforms, the lock file has holes that `ci`
  // refuses and `install` passes over. What the lock file states holds for both.
  const npm = spawnSync('npm', ['install', '--no-save', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(stamp, hash);
}
