// Every site's page by engine, mode, side, pixel ratio and gesture, in Chromium: too long for `npm test`, which takes turns.
import { spawnSync } from 'node:child_process';

import { ensureBrowser } from './browser';

ensureBrowser();
const { status } = spawnSync(
  'node_modules/.bin/vitest',
  ['run', '--config', 'tests/e2e/vitest.config.ts', 'tests/e2e/scale.test.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, LIQBAND_MATRIX: 'whole' } },
);
process.exitCode = status ?? 1;
