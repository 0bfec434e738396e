// Back-tests every recorded set of a folder, ours, nulls and peers side by side:
// npm run fidelity -- [--data DIR] [--predictions OUT] [--peers] [--json FILE] [--pictures DIR] [--truth] [--known]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { SidesUsd } from '@/lib/market/profile';
import { formatKnown, judgeKnownSeeds } from '@/tests/fidelity/known';
import { readLocationReports, syntheticLocation } from '@/tests/fidelity/location-report';
import { configOf } from '@/tests/fidelity/models';
import { crashPicture, liftPicture, reliabilityPicture } from '@/tests/fidelity/pictures';
import { RECORDED_DIR, readRecordedSets, readRecordedTiers } from '@/tests/fidelity/recorded-set';
import { backTest, type SetReport } from '@/tests/fidelity/set-report';
import { syntheticSet } from '@/tests/fidelity/synthetic-set';
import { formatLocation, formatSet } from '@/tests/fidelity/tables';
import { formatTruth, judgeSeeds } from '@/tests/fidelity/truth';

/** Markets of known positions a scenario, where they are asked for: a few minutes. */
const TRUTH_SEEDS = 20;
/** Markets of Hyperliquid's accounts, where they are asked for. */
const KNOWN_SEEDS = 6;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: RECORDED_DIR },
    predictions: { type: 'string' },
    peers: { type: 'boolean', default: false },
    json: { type: 'string' },
    pictures: { type: 'string' },
    truth: { type: 'boolean', default: false },
    known: { type: 'boolean', default: false },
  },
});
const dir = path.resolve(values.data);
const { sets, unread } = readRecordedSets(dir);
const reports: SetReport[] = [];

for (const { name, why } of unread) console.log(`## ${name}: skipped, it cannot be read: ${why}\n`);
if (sets.length === 0) {
  console.log(`${existsSync(dir) ? 'No recorded sets' : 'No folder'} at ${dir}: the synthetic market stands in.\n`);
  const { set, tiers } = syntheticSet(1);
  report(backTest(set, tiers));
}
for (const set of sets) {
  const tiers = readRecordedTiers(set.symbol, dir);
  report(backTest(set, tiers));
  const crash = values.pictures === undefined ? null : crashPicture(set, configOf(set, tiers));
  if (crash !== null) draw(`crash-${set.symbol.toLowerCase()}.svg`, crash);
}
const locations = [...readLocationReports(dir), syntheticLocation()];
for (const location of locations) console.log(formatLocation(location));
const truth = values.truth ? judgeSeeds(TRUTH_SEEDS) : [];
if (values.truth) console.log(formatTruth(truth));
const known = values.known ? await judgeKnownSeeds(KNOWN_SEEDS) : [];
if (values.known) console.log(formatKnown(known));
const scored = reports.filter(({ scores }) => scores.length > 0);
draw('reliability.svg', reliabilityPicture(scored));
draw('lift.svg', liftPicture(scored));
if (values.json !== undefined) {
  const figuresOf = reports.map(({ runs: _runs, timesMs: _timesMs, ...figures }) => figures);
  writeFileSync(values.json, `${JSON.stringify({ sets: figuresOf, locations, truth, known }, null, 2)}\n`);
}

function report(done: SetReport): void {
  console.log(formatSet(done));
  reports.push(done);
  if (values.predictions === undefined) return;
  mkdirSync(values.predictions, { recursive: true });
  for (const { id, kind, usd } of done.runs) {
    const isOurs = kind === 'ours';
    if (isOurs || values.peers) write(`${done.name}${isOurs ? '' : `.${id}`}.csv`, done.timesMs, usd);
  }
}

function draw(file: string, svg: string): void {
  if (values.pictures === undefined) return;
  mkdirSync(values.pictures, { recursive: true });
  writeFileSync(path.join(values.pictures, file), svg);
}

function write(file: string, timesMs: readonly number[], usd: readonly SidesUsd[]): void {
  const rows = usd.map(({ long, short }, i) => `${timesMs[i]},${long},${short}`);
  writeFileSync(path.join(values.predictions ?? '', file), `ts_ms,long_usd,short_usd\n${rows.join('\n')}\n`);
}
