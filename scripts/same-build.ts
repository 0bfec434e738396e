// Builds for Chrome once more and compares every byte with the build that is there. Exits 1 when one differs.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { buildExtension, CHROME_DIR, ensureBuild } from './build-extension';

ensureBuild('chrome');
const before = digests();
buildExtension('chrome');
const after = digests();
const names = new Set([...before.keys(), ...after.keys()]);
const different = [...names].filter((name) => before.get(name) !== after.get(name));
for (const name of different) console.log(`${name} differs`);
console.log(`${names.size} files built twice, ${different.length} differ`);
process.exitCode = different.length === 0 && names.size > 0 ? 0 : 1;

function digests(): Map<string, string> {
  const files = readdirSync(CHROME_DIR, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(CHROME_DIR, file), createHash('sha256').update(readFileSync(file)).digest('hex')];
    }),
  );
}
