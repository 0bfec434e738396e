export const DATA_FORMATS = ['csv', 'json'] as const;
export type DataFormat = (typeof DATA_FORMATS)[number];

type Cell = string | number | null;

/** Rows that a user may take along, and what they are of. */
export interface DataSet {
  /** As it stands in the file's name. */
  readonly name: string;
  /** What the rows are of; in the head of a JSON file. */
  readonly about: Readonly<Record<string, string | readonly string[]>>;
  readonly fields: readonly string[];
  /** Made while they are written: there may be millions. */
  readonly rows: Iterable<readonly Cell[]>;
}

/** Rows that are written in one go; the page breathes in between. */
const ROWS_PER_PART = 20_000;
const TYPES: Readonly<Record<DataFormat, string>> = { csv: 'text/csv', json: 'application/json' };

/** The rows as a file: CSV with a head line, or one JSON object with a line for each row. */
export async function dataFile({ name, about, fields, rows }: DataSet, format: DataFormat): Promise<Blob> {
  const isCsv = format === 'csv';
  const head = JSON.stringify({ product: 'liqband', data: name, ...about }).slice(0, -1);
  const parts = [isCsv ? `${csvLine(fields)}\n` : `${head},"rows":[`];
  const line = isCsv ? csvLine : (row: readonly Cell[]) => JSON.stringify(named(fields, row));
  let lines: string[] = [];
  let isFirst = true;
  const flush = () => {
    if (lines.length === 0) return;
    parts.push(isCsv ? `${lines.join('\n')}\n` : `${isFirst ? '\n' : ',\n'}${lines.join(',\n')}`);
    isFirst = false;
    lines = [];
  };
  for (const row of rows) {
    if (lines.push(line(row)) < ROWS_PER_PART) continue;
    flush();
    await new Promise((resolve) => setTimeout(resolve));
  }
  flush();
  if (!isCsv) parts.push('\n]}\n');
  return new Blob(parts, { type: TYPES[format] });
}

const named = (fields: readonly string[], row: readonly Cell[]): Readonly<Record<string, Cell>> =>
  Object.fromEntries(fields.map((field, i) => [field, row[i]]));

/** RFC 4180; what is not known stays empty. */
const csvLine = (row: readonly Cell[]): string =>
  row
    .map((cell) => {
      const text = String(cell ?? '');
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');

/** Files sort by their time, `2026-11-29T1750`, and no system forbids it in a name. */
export const fileName = (of: string, what: string, timeMs: number, format: string): string =>
  `liqband-${of}-${what}-${new Date(timeMs).toISOString().slice(0, 16).replace(':', '')}.${format}`;
