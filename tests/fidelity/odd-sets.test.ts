import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { configOf, runModels } from './models';
import { readRecordedSets, readRecordedTiers, type RecordedSet } from './recorded-set';
import { backTest } from './set-report';
import { formatSet } from './tables';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5);
const COUNT = 320;

type Row = Record<string, string | number>;

/** A seeded walk of bars with every column there may be, liquidations in sums of an hour. */
function walk(barMs: number, price: number, count = COUNT): Row[] {
  let state = 11;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  const step = 0.004 * Math.sqrt(barMs / (5 * MINUTE));
  let close = price;
  return Array.from({ length: count }, (_, i) => {
    const open = close;
    close = open * Math.exp((random() - 0.5) * step);
    const high = Math.max(open, close) * (1 + (step / 3) * random());
    const low = Math.min(open, close) * (1 - (step / 3) * random());
    const volume = 1e6 / price + (1e6 * random()) / price;
    const ts_ms = START + i * barMs;
    return {
      ts_ms,
      open,
      high,
      low,
      close,
      volume,
      taker_buy_volume: volume * random(),
      open_interest: (1e9 / price) * (1 + 0.1 * random()),
      mark_price: open,
      liq_bin_ms: Math.floor(ts_ms / 3_600_000) * 3_600_000,
      liq_long: 1e5 * random() ** 4,
      liq_short: 1e5 * random() ** 4,
    };
  });
}

const without = (rows: readonly Row[], ...columns: readonly string[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column))));
const META = { contract: 'SOLUSDT', barMs: 5 * MINUTE, liquidationBarMs: 60 * MINUTE, liquidationUnit: 'usd' };
const QUIET = { contract: 'SOLUSDT', barMs: 5 * MINUTE };
const bars = walk(5 * MINUTE, 150);

/** What somebody else's set may look like; `meta` undefined is a folder without meta.json. */
const ODD: Readonly<Record<string, { readonly meta?: object; readonly rows: readonly Row[] }>> = {
  'all columns': { meta: META, rows: bars },
  'hours of a coin below a cent': {
    meta: { contract: 'PEPEUSDT', barMs: 60 * MINUTE, liquidationBarMs: 60 * MINUTE, liquidationUnit: 'base' },
    rows: walk(60 * MINUTE, 0.000_012),
  },
  minutes: { meta: { ...META, barMs: MINUTE }, rows: walk(MINUTE, 95_000) },
  days: { meta: { ...META, barMs: 1440 * MINUTE, liquidationBarMs: 1440 * MINUTE }, rows: walk(1440 * MINUTE, 95_000) },
  'no taker split, no mark': { meta: META, rows: without(bars, 'taker_buy_volume', 'mark_price') },
  'no open interest': { meta: META, rows: without(bars, 'open_interest') },
  'open interest at open, first ones empty': {
    meta: { ...META, openInterestAt: 'bar open', initialOpenInterest: null },
    rows: bars.map((row, i) => (i < 40 ? { ...row, open_interest: '' } : row)),
  },
  'no volume': { meta: META, rows: bars.map((row) => ({ ...row, volume: '' })) },
  'volume of zero': { meta: META, rows: bars.map((row) => ({ ...row, volume: 0, taker_buy_volume: 0 })) },
  'spot volume': { meta: { ...META, volume: 'spot proxy' }, rows: bars },
  'no liquidations': { meta: QUIET, rows: without(bars, 'liq_bin_ms', 'liq_long', 'liq_short') },
  'liquidations all empty': { meta: META, rows: bars.map((row) => ({ ...row, liq_long: '', liq_short: '' })) },
  'sums shorter than a bar': { meta: { ...META, liquidationBarMs: MINUTE }, rows: bars },
  'gaps of bars and fields': {
    meta: META,
    rows: bars
      .filter((_, i) => i % 50 < 40)
      .map((row, i) => (i % 7 === 0 ? { ...row, open_interest: '', volume: '' } : row)),
  },
  'rows out of order and doubled': { meta: META, rows: [...bars.slice(100), ...bars.slice(0, 150)] },
  'words and signs in fields': {
    meta: { ...META, liquidationVenues: null, liquidationComplete: null, source: { a: 1 } },
    rows: bars.map((row, i) => (i % 9 === 0 ? { ...row, open_interest: 'null', volume: -5, liq_long: 'NaN' } : row)),
  },
  'prices that stand still': {
    meta: META,
    rows: bars.map((row) => ({ ...row, open: 150, high: 150, low: 150, close: 150 })),
  },
  'a crash to a tenth and back': {
    meta: META,
    rows: bars.map((row, i) => (i === 200 ? { ...row, low: 15 } : i === 201 ? { ...row, high: 900 } : row)),
  },
  'a single bar': { meta: META, rows: bars.slice(0, 1) },
  'no meta of SOLUSDT': { rows: bars },
};

let dir: string;
let sets: readonly RecordedSet[];
let unread: ReturnType<typeof readRecordedSets>['unread'];

const save = (name: string, text: string, meta?: string): void => {
  mkdirSync(path.join(dir, name));
  writeFileSync(path.join(dir, name, 'bars.csv.gz'), gzipSync(text));
  if (meta !== undefined) writeFileSync(path.join(dir, name, 'meta.json'), meta);
};

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'odd-sets-'));
  for (const [name, { meta, rows }] of Object.entries(ODD)) {
    const columns = Object.keys(rows[0]);
    const lines = rows.map((row) => columns.map((column) => row[column]).join(','));
    save(name, [columns.join(','), ...lines].join('\n'), meta && JSON.stringify(meta));
  }
  save('empty', 'ts_ms,open,high,low,close\n', JSON.stringify(META));
  save('broken meta', 'ts_ms,open,high,low,close\n1,1,1,1,1\n', '{');
  ({ sets, unread } = readRecordedSets(dir));
});
afterAll(() => rmSync(dir, { recursive: true }));

const setOf = (name: string): RecordedSet => {
  const set = sets.find((each) => each.name === name);
  if (set === undefined) throw new Error(`${name} was not read`);
  return set;
};

describe('sets of other coins, steps and columns', () => {
  it('are all read but those that hold nothing or cannot be read, which are named', () => {
    expect(sets.map(({ name }) => name).sort()).toEqual(Object.keys(ODD).sort());
    expect(unread.map(({ name }) => name).sort()).toEqual(['broken meta', 'empty']);
  });

  it.each(Object.keys(ODD))('%s: every prediction is a number of zero or more', (name) => {
    const set = setOf(name);
    const { runs } = runModels(set, configOf(set, readRecordedTiers(set.symbol)));
    for (const { label, usd } of runs) {
      expect(usd, label).toHaveLength(set.bars.length);
      expect(
        usd.filter(({ long, short }) => !(long >= 0 && short >= 0 && long + short < 1e15)),
        label,
      ).toEqual([]);
    }
  });

  it.each(['all columns', 'no open interest', 'no volume', 'a single bar'])('%s: the report is whole', (name) => {
    const set = setOf(name);
    expect(formatSet(backTest(set, readRecordedTiers(set.symbol)))).toContain(set.name);
  });

  it('without meta the step and the contract are told by the rows and the name', () => {
    expect(setOf('no meta of SOLUSDT')).toMatchObject({ barMs: 5 * MINUTE, symbol: 'SOLUSDT', liquidations: null });
  });

  it.each(['all columns', 'no taker split, no mark', 'spot volume', 'minutes', 'no open interest'])(
    '%s: something is expected on both sides',
    (name) => {
      const set = setOf(name);
      const [ours] = runModels(set, configOf(set, readRecordedTiers(set.symbol))).runs;
      expect(ours.usd.some(({ long }) => long > 0)).toBe(true);
      expect(ours.usd.some(({ short }) => short > 0)).toBe(true);
    },
  );
});
