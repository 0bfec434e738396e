import { expect, it } from 'vitest';

import { DAY_MS, floorToStep, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createMarketLog } from '@/lib/store/log/market-log';
import { createMemoryTables } from '@/lib/store/log/memory-tables';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const { id } = BTCUSDT;

it('rows that are damaged while a contract is followed are fetched again, and its checkpoints go on', async () => {
  const tables = createMemoryTables();
  const broken: string[] = [];
  const log = createMarketLog(tables, (table, owner) => void broken.push(`${table} ${owner}`));
  const s = createHubStage([createFakeVenue(NOW_MS)], log);
  const map = s.watch('binance');
  await s.pass(5 * SECOND_MS);
  const dayMs = floorToStep(NOW_MS, DAY_MS);
  const times = await log.readBarTimes(id, dayMs);
  expect(times.length).toBeGreaterThan(140);
  await tables.write('bars', async (rows) => {
    const day = (await rows.get([id, dayMs])) as { numbers: Float64Array };
    const numbers = day.numbers.slice();
    numbers[7] += 1;
    await rows.put({ ...day, numbers });
  });

  const checkpointCount = async () =>
    (await tables.read('checkpoints', (rows) => rows.range(id, -Infinity, Infinity))).length;
  // The next bar is folded, and finds it.
  for (let passed = 0; passed < HOUR_MS + BAR_MS; passed += 20 * SECOND_MS) await s.advance(20 * SECOND_MS);
  expect(new Set(broken)).toEqual(new Set([`bars ${id}`]));
  expect((await log.readBarTimes(id, dayMs)).slice(0, times.length)).toEqual(times);
  expect(await checkpointCount()).toBeGreaterThan(0);
  expect(log.hasLostRows(id)).toBe(false);
  expect(map.profile()!.asOfMs).toBeGreaterThan(NOW_MS + HOUR_MS);
});
