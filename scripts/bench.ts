// Runs every benchmark of tests/bench and prints each figure beside its budget: npm run bench -- [--json FILE] [--only NAME]
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import type { Bench, BenchRow } from '@/tests/bench/bench';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const folder = path.resolve('tests/bench');
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts') && file.includes(values.only ?? ''));
const rows: BenchRow[] = [];

for (const file of files) {
  const { run } = (await import(pathToFileURL(path.join(folder, file)).href)) as { run: Bench };
  const measured = await run();
  for (const row of measured) console.log(format(row));
  rows.push(...measured);
}

const over = rows.filter(isOver);
console.log(`\n${rows.length} figures, ${over.length} over budget${over.map((row) => `\n  ${row.name}`).join('')}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);

function isOver(row: BenchRow): boolean {
  return row.budget !== null && (row.budgetOn === 'median' ? row.median : row.p99) > row.budget;
}

function format(row: BenchRow): string {
  const figures = `median ${digits(row.median)} ${row.unit}, ${row.budgetOn === 'p95' ? 'p95' : 'p99'} ${digits(row.p99)} ${row.unit}`;
  const budget = row.budget === null ? '' : `, budget ${row.budget} (${row.budgetOn})${isOver(row) ? ' OVER' : ''}`;
  const ratio = row.ratio === null ? '' : `, ${digits(row.ratio.value)}x ${row.ratio.against}`;
  return `${row.name.padEnd(44)} ${figures}${budget}${ratio}${row.note === '' ? '' : `  (${row.note})`}`;
}

function digits(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
