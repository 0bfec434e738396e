import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';

import type { Dollars, Interval } from './bootstrap';
import type { LocationReport } from './location-report';
import type { SetReport } from './set-report';

const fixed = (value: number, digits: number): string => value.toFixed(digits).replace(/^(-?)0\./, '$1.');
const range = ({ value, low, high }: Interval, digits = 3): string =>
  `${fixed(value, digits)} [${fixed(low, digits)}, ${fixed(high, digits)}]`;
const figure = (value: number): string =>
  value === 0 ? '0' : value >= 0.01 && value < 1e4 ? value.toPrecision(3) : value.toExponential(1);

/** Markdown rows with padded columns, readable as they stand. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n');
}

/** All measures of one set. */
export function formatSet(report: SetReport): string {
  const bar = report.barMs >= HOUR_MS ? `${report.barMs / HOUR_MS} h` : `${report.barMs / MINUTE_MS} m`;
  const feed =
    report.venues.length === 0
      ? 'no liquidations'
      : `${report.venues.join(' + ')}${report.isSampled ? ', a sampled feed' : ', incomplete'}`;
  const head = `## ${report.name}: ${report.barCount} bars of ${bar}, ${report.binCount} bins, ${feed}`;
  const { conservation, zombieShare, columns, changedColumns } = report.laws;
  const laws = `Laws: conservation error ${figure(conservation)}, zombie mass ${figure(zombieShare)} of open interest, as-of columns changed ${changedColumns} of ${columns}`;
  if (report.scores.length === 0) return [head, laws, 'Not scored: no liquidations or too few.', ''].join('\n');
  const { share, lead } = report;
  return [
    head,
    'Sums per bin, 95 % intervals by redrawing days; dollars = predicted / observed after the learning period',
    table([
      ['model', 'added R2', 'Spearman', 'dollars long', 'short'],
      ...report.scores.map((score) => [
        score.label,
        range(score.addedR2),
        range(score.spearman),
        figure(score.long.learned.ratio),
        figure(score.short.learned.ratio),
      ]),
    ]),
    ...lead.map(({ over, addedR2 }) => `Lead in added R2 over the best of its kind, ${over}: ${range(addedR2)}`),
    `Learned share liquidated at the end: long ${figure(share.long)}, short ${figure(share.short)}`,
    ...report.scores
      .filter(({ kind }) => kind === 'ours')
      .map(({ long, short }) => formatTenths('ours', long.learned, short.learned)),
    ...formatExpected(report),
    ...formatEntryPath(report),
    laws,
    '',
  ].join('\n');
}

function formatTenths(name: string, long: Dollars, short: Dollars): string {
  const row = (side: string, { ratio, tenths }: Dollars): string[] => [
    side,
    figure(ratio),
    ...tenths.map(({ predictedUsd, observedUsd }) => figure(predictedUsd / Math.max(observedUsd, 1))),
  ];
  const head = [`dollars, ${name}`, 'all', ...Array.from({ length: 10 }, (_, k) => `tenth ${k + 1}`)];
  return table([head, row('long', long), row('short', short)]);
}

function formatExpected({ expected }: SetReport): readonly string[] {
  if (expected === null) return [];
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const { long, short } = expected;
  return [
    formatTenths('with the background', long.dollars, short.dollars),
    `80 % intervals of the sums hold ${percent(long.coverage.sums)} of longs' and ${percent(short.coverage.sums)} of shorts', with the background ${percent(long.coverage.withBackground)} and ${percent(short.coverage.withBackground)}; the map's interval of what is at risk x share ${percent(long.coverage.atRisk)} and ${percent(short.coverage.atRisk)}`,
  ];
}

const formatEntryPath = ({ entryPath }: SetReport): readonly string[] =>
  entryPath === null
    ? []
    : [
        `Added R2 of bars of 30 m: ${fixed(entryPath.fourPrices, 4)} by their four prices, ${fixed(entryPath.path, 4)} by the six bars in each`,
      ];

export function formatLocation(report: LocationReport): string {
  const head = `## Location: ${report.eventCount} readings of events of ${report.source} in ${report.windowCount} windows of 60 minutes, ${report.dayCount} days`;
  if (report.rows.length === 0) return [head, ...report.notes, ''].join('\n');
  return [
    head,
    'Added bits per event with 95 % intervals by redrawing days; lift = share of events in the top tenth of crossed bins / a tenth',
    table([
      ['map', 'over uniform', 'over fitted curve', 'more than N2', 'lift', 'lift by USD'],
      ...report.rows.map(({ label, overUniform, overCurve, leadOverN2, lift, liftUsd }) => [
        label,
        range(overUniform),
        range(overCurve),
        range(leadOverN2),
        range(lift, 2),
        range(liftUsd, 2),
      ]),
    ]),
    ...report.notes,
    '',
  ].join('\n');
}
