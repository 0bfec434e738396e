import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import { LIQUIDATION_CODEC, encodeSeries } from '@/lib/store/log/series-codec';
import { TAPE_WIDTH, type TapeBatch } from '@/lib/store/log/tape-log';

import { BTC, ETH, START_MS, TABLES, createLogUnderTest, liquidation, type LogUnderTest } from './log-under-test';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];

/** Events of two symbols in turn, a millisecond apart. */
function batchOf(count: number, fromMs: number, symbols: readonly string[] = SYMBOLS): TapeBatch {
  const numbers = new Float64Array(count * TAPE_WIDTH);
  for (let i = 0; i < count; i += 1) {
    numbers[i * TAPE_WIDTH] = i % symbols.length;
    numbers.set(encodeSeries(LIQUIDATION_CODEC, [liquidation(fromMs + i)]), i * TAPE_WIDTH + 1);
  }
  return { venueId: 'binance', symbols, numbers };
}

describe.each(TABLES)('the tape on %s', (_name, createTables) => {
  let test: LogUnderTest;
  beforeEach(async () => {
    test = createLogUnderTest(await createTables());
  });

  const read = async (venueId: VenueId = 'binance') => {
    const events: string[] = [];
    await test.log.readTape(venueId, 0, Infinity, (symbol, { timeMs }) =>
      events.push(`${symbol} ${timeMs - START_MS}`),
    );
    return events;
  };

  it('keeps what comes in at the same moment apart, and gives it back in order', async () => {
    await test.log.appendTape([batchOf(2, START_MS)], START_MS);
    await test.log.appendTape([batchOf(1, START_MS + 2)], START_MS);
    expect(await read()).toEqual(['BTCUSDT 0', 'ETHUSDT 1', 'BTCUSDT 2']);
  });

  it('shows a contract its own before they are handed over, among those that were fetched', async () => {
    await test.log.appendLiquidations(BTC, [liquidation(START_MS), liquidation(START_MS + 5)]);
    await test.log.appendTape([batchOf(4, START_MS)], START_MS);
    const times = (await test.log.readLiquidations(BTC, 0)).map(({ timeMs }) => timeMs - START_MS);
    expect(times).toEqual([0, 2, 5]);
    expect(await test.log.readLiquidations(ETH, START_MS + 2)).toEqual([liquidation(START_MS + 3)]);
  });

  it('joins the hours that are over and hands each event to its contract, once', async () => {
    await test.log.appendTape([batchOf(2, START_MS)], START_MS);
    await test.log.appendTape([batchOf(2, START_MS + 2, ['SOLUSDT', 'BTCUSDT'])], START_MS + HOUR_MS - 1);
    await test.log.appendTape([batchOf(1, START_MS + HOUR_MS)], START_MS + HOUR_MS);
    const before = await read();
    for (let again = 0; again < 2; again += 1) {
      await test.log.settleTape('binance', START_MS + 2 * HOUR_MS - 1);
      expect(await read()).toEqual(before);
      expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(3);
      expect(await test.tables.owners('liquidations')).toEqual([BTC, ETH, 'binance:SOLUSDT']);
    }
    expect(await test.tables.read('tape', (rows) => rows.count('binance'))).toBe(1);
    expect(await test.tables.read('tape', (rows) => rows.count('binance by hour'))).toBe(1);
  });

  it('loses nothing of an hour that was settled when the clock is set back into it', async () => {
    await test.log.appendTape([batchOf(1, START_MS)], START_MS);
    await test.log.settleTape('binance', START_MS + HOUR_MS);
    await test.log.appendTape([batchOf(1, START_MS + 7)], START_MS);
    await test.log.settleTape('binance', START_MS + HOUR_MS);
    expect(await read()).toEqual(['BTCUSDT 0', 'BTCUSDT 7']);
    expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(2);
  });

  it('hands over what comes in of an hour while it is settled', async () => {
    await test.log.appendTape([batchOf(1, START_MS)], START_MS);
    const settling = test.log.settleTape('binance', START_MS + HOUR_MS);
    for (let i = 1; i <= 8; i += 1) await test.log.appendTape([batchOf(1, START_MS + i)], START_MS + i);
    await settling;
    await test.log.settleTape('binance', START_MS + HOUR_MS);
    expect(await read()).toHaveLength(9);
    expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(9);
  });

  it('passes over what is damaged and says so', async () => {
    const damaged = batchOf(2, START_MS);
    damaged.numbers[0] = 9;
    await test.log.appendTape([damaged], START_MS);
    await test.tables.write('tape', (rows) => rows.put({ feed: 'binance', atMs: 1, symbols: 'none', numbers: null }));
    expect(await read()).toEqual(['ETHUSDT 1']);
    expect(test.broken).toEqual(['tape binance 2']);
  });

  it('counts a contract as recorded while its venue’s feed was', async () => {
    await test.log.extendRecordedSpan(BTC, { fromMs: 10, toMs: 20 });
    await test.log.extendFeedSpan('binance', { fromMs: 15, toMs: 30 });
    await test.log.extendFeedSpan('binance', { fromMs: 40, toMs: 50 });
    expect(await test.log.readRecordedSpans({ id: BTC })).toEqual([
      { fromMs: 10, toMs: 30 },
      { fromMs: 40, toMs: 50 },
    ]);
    expect(await test.log.readRecordedSpans({ id: ETH })).toHaveLength(2);
  });
});
