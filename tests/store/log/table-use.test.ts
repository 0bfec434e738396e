import { expect, it } from 'vitest';

import { createMemoryTables } from '@/lib/store/log/memory-tables';
import { tableUse } from '@/lib/store/log/table-use';
import { TABLE_KEYS } from '@/lib/store/log/tables';

it('counts the rows and owners of every table', async () => {
  const tables = createMemoryTables();
  for (const [contractId, timeMs] of [
    ['binance:BTCUSDT', 1],
    ['binance:BTCUSDT', 2],
    ['gate:BTC_USDT', 1],
  ] as const)
    await tables.write('columns', (rows) => rows.put({ contractId, timeMs, column: {} }));
  const uses = await tableUse(tables);
  expect(uses.map(({ table }) => table)).toEqual(Object.keys(TABLE_KEYS));
  expect(uses.filter(({ rows }) => rows > 0)).toEqual([{ table: 'columns', owners: 2, rows: 3 }]);
});
