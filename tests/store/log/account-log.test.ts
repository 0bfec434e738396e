import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';
import type { ObservedPosition } from '@/lib/market/account-position';

import { createLogUnderTest, START_MS, TABLES, type LogUnderTest } from './log-under-test';

const BTC = 'hyperliquid:BTC';
const A = `0x${'1'.repeat(40)}`;
const B = `0x${'2'.repeat(40)}`;
const NOBODY = new Set<`hyperliquid:${string}`>();

const position = (change: Partial<ObservedPosition> = {}): ObservedPosition => ({
  observedMs: START_MS,
  positionSide: 'long',
  qty: 2.5,
  entryPrice: 58_000,
  leverage: 20,
  isCross: true,
  liquidationPrice: 55_310.25,
  ...change,
});
const BOTH = new Map([
  [A, position()],
  [B, position({ positionSide: 'short', isCross: false, liquidationPrice: null, observedMs: START_MS + DAY_MS })],
]);

describe.each(TABLES)('holdings on %s', (_name, createTables) => {
  let test: LogUnderTest;
  beforeEach(async () => {
    test = createLogUnderTest(await createTables());
  });

  it('are read as they were written, the newest panel alone', async () => {
    expect(await test.log.readHoldings(BTC)).toEqual(new Map());
    await test.log.writeHoldings(BTC, new Map([[B, position()]]));
    await test.log.writeHoldings(BTC, BOTH);
    expect(await test.log.readHoldings(BTC)).toEqual(BOTH);
    expect(test.broken).toEqual([]);
  });

  it('are forgotten one by one seven days after they were seen', async () => {
    await test.log.writeHoldings(BTC, BOTH);
    await test.log.prune(START_MS + 7.5 * DAY_MS, NOBODY);
    expect([...(await test.log.readHoldings(BTC)).keys()]).toEqual([B]);
    await test.log.prune(START_MS + 9 * DAY_MS, NOBODY);
    expect(await test.tables.owners('holdings')).toEqual([]);
  });

  it('go with their contract', async () => {
    await test.log.writeHoldings(BTC, BOTH);
    await test.log.forgetContract(BTC);
    expect(await test.log.readHoldings(BTC)).toEqual(new Map());
  });

  it.each([
    ['accounts', { accounts: [A] }],
    ['numbers', { numbers: 'none' }],
    ['both', { accounts: 5, numbers: null }],
  ])('are refused whole where %s are damaged', async (_what, damage) => {
    await test.log.writeHoldings(BTC, BOTH);
    const row = await test.tables.read('holdings', (rows) => rows.get([BTC]));
    await test.tables.write('holdings', (rows) => rows.put({ ...(row as object), contractId: BTC, ...damage }));
    expect(await test.log.readHoldings(BTC)).toEqual(new Map());
    expect(test.broken).toEqual([`holdings ${BTC} 1`]);
  });

  it.each([
    [0, -1],
    [1, NaN],
    [1, 0],
    [2, -5],
    [3, Infinity],
    [5, -1],
  ])('lose the one whose number %d is %d', async (index, value) => {
    await test.log.writeHoldings(BTC, BOTH);
    const row = (await test.tables.read('holdings', (rows) => rows.get([BTC]))) as { numbers: Float64Array };
    row.numbers[index] = value;
    await test.tables.write('holdings', (rows) => rows.put({ ...row }));
    expect([...(await test.log.readHoldings(BTC)).keys()]).toEqual([B]);
    expect(test.broken).toEqual([`holdings ${BTC} 1`]);
  });
});
