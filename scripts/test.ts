// The one test command: static checks, unit and component tests, both builds with their budgets, end-to-end in a real browser.
// The last line is `N passed, N failed`; every static check counts as one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ensureBrowser } from './browser';

const { values } = parseArgs({ options: { 'no-e2e': { type: 'boolean', default: false } } });
const reports = mkdtempSync(path.join(os.tmpdir(), 'liqband-test-'));
let passed = 0;
let failed = 0;

check('format', 'oxfmt', ['--check', '.']);
check('lint', 'oxlint', ['--deny-warnings']);
check('types', 'tsc', ['--noEmit']);
check('dead code', 'knip', []);
check('lock file and audit', 'node', ['--import', './scripts/alias.mjs', 'scripts/supply.ts']);
vitest('unit', []);
check('builds and sizes', 'node', ['--import', './scripts/alias.mjs', 'scripts/build.ts']);
check('store lint', 'web-ext', ['lint', '--source-dir', '.output/firefox-mv3', '--warnings-as-errors']);
check('same bytes twice', 'node', ['--import', './scripts/alias.mjs', 'scripts/same-build.ts']);
if (!values['no-e2e']) {
  ensureBrowser();
  vitest('end to end', ['--config', 'tests/e2e/vitest.config.ts', '--reporter=./tests/e2e/second-try.ts']);
}

rmSync(reports, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(path.join('node_modules/.bin', command), args, { stdio: 'inherit' }).status === 0;
}

function check(name: string, command: string, args: readonly string[]): void {
  console.log(`\n== ${name}`);
  if (run(command, args)) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${name}`);
  }
}

function vitest(name: string, args: readonly string[]): void {
  console.log(`\n== ${name}`);
  const report = path.join(reports, `${name}.json`);
  const isGreen = run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  const counts = readCounts(report);
  passed += counts.passed;
  // A file that fails to load has no tests to count, but is a failure all the same.
  failed += counts.failed === 0 && !isGreen ? 1 : counts.failed;
}

function readCounts(report: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
