// Sends venues' code what a hostile or broken venue may send: npm run fuzz -- [--cases N] [--seed N] [--venue ID]
import { parseArgs } from 'node:util';

import type { VenueId } from '@/lib/market/contract';
import { VENUES } from '@/lib/venues';
import { fuzzVenue } from '@/tests/venues/fuzz/campaign';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    venue: { type: 'string' },
  },
});
const all = Object.keys(VENUES) as VenueId[];
const ids = all.filter((id) => values.venue === undefined || values.venue === id);
if (ids.length === 0) throw new Error(`--venue takes one of ${all.join(', ')}`);
const each = Math.ceil(Number(values.cases) / ids.length);
const seed = Number(values.seed);
if (!(each > 0) || !Number.isInteger(seed)) throw new Error('--cases and --seed take whole numbers');

let failed = 0;
for (const id of ids) {
  const startMs = performance.now();
  const { cases, read, failures } = await fuzzVenue(id, each, seed);
  const seconds = (performance.now() - startMs) / 1000;
  const heapMb = process.memoryUsage().heapUsed / 1e6;
  console.log(
    `${id.padEnd(13)}${cases} cases, ${read} figures read, ${failures.length} failures, ${seconds.toFixed(0)} s, heap ${heapMb.toFixed(0)} MB`,
  );
  for (const failure of failures) console.log(`  ${failure}`);
  failed += failures.length;
}
process.exitCode = failed === 0 ? 0 : 1;
