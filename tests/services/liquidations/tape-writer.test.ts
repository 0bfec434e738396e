import { describe, expect, it } from 'vitest';

import type { Liquidation } from '@/lib/market/liquidation';
import { createTapeWriter } from '@/lib/services/liquidations/tape-writer';
import { TAPE_WIDTH, type TapeBatch } from '@/lib/store/log/tape-log';

const event = (i: number): Liquidation => ({
  timeMs: 1_779_278_400_000 + i,
  positionSide: i % 2 === 0 ? 'long' : 'short',
  bankruptcyPrice: 60_000 + i,
  averagePrice: NaN,
  qty: 0.5,
});
const countOf = (batches: readonly TapeBatch[]) =>
  batches.reduce((sum, { numbers }) => sum + numbers.length / TAPE_WIDTH, 0);

/** A writer whose timers are run by hand and whose store can be held up or refuse. */
function stage() {
  const written: (readonly TapeBatch[])[] = [];
  const errors: unknown[] = [];
  const timers: { due: () => void; delayMs: number }[] = [];
  const store = { gate: Promise.resolve(), isRefusing: false };
  const writer = createTapeWriter(
    async (batches) => {
      await store.gate;
      if (store.isRefusing) throw new Error('no space');
      written.push(batches);
    },
    {
      setTimer(due, delayMs) {
        timers.push({ due, delayMs });
        return () => {};
      },
    },
    (cause) => errors.push(cause),
  );
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const tick = async () => {
    for (const { due } of timers.splice(0)) due();
    await settle();
  };
  return { writer, written, errors, timers, store, tick };
}

describe('the tape’s writer', () => {
  it('stores a quarter of a second’s events of all venues together', async () => {
    const { writer, written, timers, tick } = stage();
    for (let i = 0; i < 1_000; i += 1) writer.add('binance', i % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', event(i));
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([250]);
    await tick();
    expect(written).toHaveLength(1);
    const [[{ venueId, symbols, numbers }]] = written;
    expect({ venueId, symbols }).toEqual({ venueId: 'binance', symbols: ['BTCUSDT', 'ETHUSDT'] });
    expect([...numbers.subarray(999 * TAPE_WIDTH, 999 * TAPE_WIDTH + 4)]).toEqual([1, event(999).timeMs, -1, 60_999]);
    await tick();
    expect(written).toHaveLength(1);
  });

  it('keeps what comes while the store is busy for the next write', async () => {
    const { writer, written, store, tick } = stage();
    let open = () => {};
    store.gate = new Promise((resolve) => (open = resolve));
    writer.add('binance', 'BTCUSDT', event(0));
    await tick();
    for (let i = 1; i < 500; i += 1) writer.add('binance', 'BTCUSDT', event(i));
    await tick();
    expect(written).toHaveLength(0);
    open();
    await tick();
    await tick();
    expect(written.map(countOf)).toEqual([1, 499]);
  });

  it('offers again what the store refused, in order', async () => {
    const { writer, written, errors, store, timers, tick } = stage();
    store.isRefusing = true;
    writer.add('binance', 'BTCUSDT', event(0));
    await tick();
    expect(errors).toHaveLength(1);
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([5_000]);
    writer.add('binance', 'BTCUSDT', event(1));
    store.isRefusing = false;
    await writer.flush();
    expect(written.flatMap((batches) => batches.map(({ numbers }) => numbers[1]))).toEqual([
      event(0).timeMs,
      event(1).timeMs,
    ]);
  });

  it('says so when so much waits that more is lost', async () => {
    const { writer, written, store, tick } = stage();
    store.isRefusing = true;
    let taken = 0;
    while (taken < 300_000 && writer.add('binance', 'BTCUSDT', event(taken))) taken += 1;
    expect(taken).toBe(262_144);
    await tick();
    expect(writer.add('binance', 'BTCUSDT', event(taken))).toBe(false);
    store.isRefusing = false;
    await writer.flush();
    expect(written.map(countOf)).toEqual([taken]);
    expect(writer.add('binance', 'BTCUSDT', event(taken))).toBe(true);
  });
});
