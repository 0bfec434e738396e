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
  if (npm('ci') !== 0) {
    // A registry that lacks another platform's optional packages leaves holes in the lock file, which `ci` refuses
    // and `install` fills; what the lock file states holds for both.
    const status = npm('install', '--no-save');
    if (status !== 0) process.exit(status);
  }
  writeFileSync(stamp, hash);
}

function npm(...args) {
  return spawnSync('npm', [...args, '--loglevel=error'], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
