import fc from 'fast-check';
import { expect, it } from 'vitest';

import { dataFile, type DataSet } from '@/components/export/data-file';

const set = (rows: DataSet['rows']): DataSet => ({
  name: 'levels',
  about: { contract: 'binance:BTCUSDT', venues: ['binance', 'bybit'] },
  fields: ['side', 'price', 'usd'],
  rows,
});
const text = async (rows: DataSet['rows'], format: 'csv' | 'json') => (await dataFile(set(rows), format)).text();

/** Cells of RFC 4180. */
const parseCsv = (csv: string): string[][] =>
  [...csv.matchAll(/((?:(?:"(?:[^"]|"")*"|[^,\n"]*)(?:,|(?=\n)))+)\n/g)].map(([, line]) =>
    [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(([, quoted, plain]) =>
      quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    ),
  );

const ROWS = fc.array(
  fc.tuple(
    fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'ü') }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.option(fc.integer()),
  ),
);

it('writes CSV that reads back cell by cell', () =>
  fc.assert(
    fc.asyncProperty(ROWS, async (rows) => {
      const [head, ...read] = parseCsv(await text(rows, 'csv'));
      expect(head).toEqual(['side', 'price', 'usd']);
      expect(read).toEqual(rows.map((row) => row.map((cell) => String(cell ?? ''))));
    }),
  ));

it('writes JSON that reads back row by row, with what the rows are of', () =>
  fc.assert(
    fc.asyncProperty(ROWS, async (rows) => {
      expect(JSON.parse(await text(rows, 'json'))).toEqual({
        product: 'liqband',
        data: 'levels',
        contract: 'binance:BTCUSDT',
        venues: ['binance', 'bybit'],
        rows: rows.map(([side, price, usd]) => ({ side, price: price === 0 ? 0 : price, usd })),
      });
    }),
  ));

it('writes more rows than one part holds', async () => {
  const rows = Array.from({ length: 45_000 }, (_, i): [string, number, number] => ['long', i, 2 * i]);
  expect((await text(rows, 'csv')).split('\n')).toHaveLength(45_002);
  expect((JSON.parse(await text(rows, 'json')) as { rows: unknown[] }).rows).toHaveLength(45_000);
});
