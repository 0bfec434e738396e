import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const COLUMNS = [
  'ts_ms',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'taker_buy_volume',
  'open_interest',
  'liq_bin_ms',
  'liq_long',
  'liq_short',
] as const;
/** A row of bars.csv; NaN where a column is missing or empty. */
export type RecordedRow = Readonly<Record<(typeof COLUMNS)[number], number>>;

/** Rows with prices, each once, in order of time. */
export function readRecordedRows(file: string): readonly RecordedRow[] {
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split(/\r?\n/);
  const titles = header.split(',');
  const places = COLUMNS.map((column) => titles.indexOf(column));
  const byTime = new Map<number, RecordedRow>();
  for (const line of lines) {
    const fields = line.split(',');
    const number = (place: number): number => (place < 0 || !fields[place] ? NaN : Number(fields[place]));
    const row = Object.fromEntries(COLUMNS.map((column, i) => [column, number(places[i])])) as RecordedRow;
    const hasPrices = row.open > 0 && row.high > 0 && row.low > 0 && row.close > 0;
    if (row.ts_ms >= 0 && hasPrices && !byTime.has(row.ts_ms)) byTime.set(row.ts_ms, row);
  }
  return [...byTime.values()].sort((a, b) => a.ts_ms - b.ts_ms);
}
