// Days full of faults in a real browser, each held against a day without any: npm run faults -- [--seeds N] [--first N] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { type CampaignResult, runCampaign } from '@/tests/e2e/faults/campaign';
import { startRig } from '@/tests/e2e/faults/rig';

import { ensureBrowser } from './browser';
import { ensureChromeBuild } from './build-extension';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const [count, first] = [Number(values.seeds), Number(values.first)];
if (!(count > 0) || !Number.isInteger(count) || !Number.isInteger(first))
  throw new Error('--seeds and --first take whole numbers');

ensureBrowser();
ensureChromeBuild();
const results: CampaignResult[] = [];
const rig = await startRig();
try {
  for (let seed = first; seed < first + count; seed++) {
    const startMs = performance.now();
    const result = await runCampaign(rig, seed);
    results.push(result);
    const seconds = Math.round((performance.now() - startMs) / 1000);
    console.log(`seed ${seed}: ${summary([result])}, ${seconds} s`);
    for (const difference of result.differences) console.log(`  ${difference}`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  }
} finally {
  await rig.close();
}

const kinds = [...new Set(results.flatMap(({ faults }) => Object.keys(faults)))].sort();
console.log('\n| Fault | Injected |\n|---|---|');
for (const kind of kinds) console.log(`| ${kind} | ${sum(results.map(({ faults }) => faults[kind] ?? 0))} |`);
console.log(`\n${results.length} days: ${summary(results)}`);
process.exitCode = results.every(({ differences }) => differences.length === 0) ? 0 : 1;

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
