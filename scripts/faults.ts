// Days full of faults in a real browser, each held against a day without any: npm run faults -- [--seeds N] [--first N] [--rounds N] [--json FILE]
// With a file, seeds that it holds already are not run again: a run that was ended goes on where it was.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { type CampaignResult, runCampaign } from '@/tests/e2e/faults/campaign';
import { startRig } from '@/tests/e2e/faults/rig';

import { ensureBrowser } from './browser';
import { ensureBuild } from './build-extension';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '12' },
    json: { type: 'string' },
  },
});
const [count, first, rounds] = [Number(values.seeds), Number(values.first), Number(values.rounds)];
if (!(count > 0) || !(rounds > 0) || ![count, first, rounds].every(Number.isInteger))
  throw new Error('--seeds, --first and --rounds take whole numbers');

ensureBrowser();
ensureBuild('chrome');
const results = readEarlier();
let endedCount = 0;
let rig = await startRig();
try {
  for (let seed = first; seed < first + count; seed++) {
    if (results.some((result) => result.seed === seed)) continue;
    await runSeed(seed);
  }
} finally {
  await rig.close();
}

const kinds = [...new Set(results.flatMap(({ faults }) => Object.keys(faults)))].sort();
console.log('\n| Fault | Injected |\n|---|---|');
for (const kind of kinds) console.log(`| ${kind} | ${sum(results.map(({ faults }) => faults[kind] ?? 0))} |`);
console.log(
  `\n${results.length} days: ${summary(results)}${endedCount > 0 ? `, ${endedCount} not run to their end` : ''}`,
);
process.exitCode = endedCount === 0 && results.every(({ differences }) => differences.length === 0) ? 0 : 1;

/** A day that ends in an error counts as failed, and the next begins in a new browser. */
async function runSeed(seed: number): Promise<void> {
  const startMs = performance.now();
  const seconds = (): number => Math.round((performance.now() - startMs) / 1000);
  try {
    const result = await runCampaign(rig, { seed, rounds });
    results.push(result);
    console.log(`seed ${seed}: ${summary([result])}, ${seconds()} s`);
    for (const difference of result.differences) console.log(`  ${difference}`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  } catch (error) {
    endedCount += 1;
    console.log(`seed ${seed}: ended after ${seconds()} s by ${error instanceof Error ? error.stack : String(error)}`);
    await rig.close().catch(() => {});
    rig = await startRig();
  }
}

function readEarlier(): CampaignResult[] {
  if (values.json === undefined || !existsSync(values.json)) return [];
  return JSON.parse(readFileSync(values.json, 'utf8')) as CampaignResult[];
}

function summary(some: readonly CampaignResult[]): string {
  const gaps = some.flatMap((result) => result.gaps);
  const told = (['open interest', 'liquidations', 'taker split'] as const).map((of) => {
    const own = gaps.filter((gap) => gap.of === of);
    const hours = sum(own.map(({ startMs, endMs }) => endMs - startMs)) / 3_600_000;
    return `${own.length} of ${of} (${hours.toFixed(1)} contract hours)`;
  });
  const faults = sum(some.flatMap((result) => Object.values(result.faults)));
  const recoveries = sum(some.map((result) => result.recoveries));
  const differences = sum(some.map((result) => result.differences.length));
  return `${faults} faults, ${recoveries} recoveries, gaps marked: ${told.join(', ')}, ${differences} differences`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
