import { expect, it } from 'vitest';

import type { LogLine } from '@/lib/market/request-limit';
import { createActivityLog } from '@/lib/services/diagnostics/activity-log';
import { sampleHealth } from '@/tests/components/samples';

/** What outlives a worker, and workers over it. */
function world(first?: unknown) {
  let kept = first;
  let nowMs = 1_000;
  const timers: (() => void)[] = [];
  const start = () =>
    createActivityLog(
      { now: () => nowMs++, setTimer: (callback) => (timers.push(callback), () => {}) },
      { read: async () => kept, write: async (lines) => void (kept = lines) },
    );
  return {
    start,
    /** Lets all timers run. */
    async pass() {
      for (const timer of timers.splice(0)) timer();
      await new Promise((resolve) => setTimeout(resolve));
    },
    kept: () => kept as readonly LogLine[],
  };
}
const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text);

it('keeps what was written before the worker was killed, and goes on from there', async () => {
  const w = world();
  w.start().add('first');
  await w.pass();
  const next = w.start();
  next.add('second');
  expect(texts(await next.lines())).toEqual(['first', 'second']);
  await w.pass();
  expect(texts(w.kept())).toEqual(['first', 'second']);
});

it('writes once for many lines, and keeps the newest three hundred', async () => {
  const w = world();
  const log = w.start();
  for (let i = 0; i < 400; i++) log.add(`line ${i}`);
  await w.pass();
  const lines = texts(await log.lines());
  expect(lines).toHaveLength(300);
  expect([lines[0], lines.at(-1)]).toEqual(['line 100', 'line 399']);
  expect(texts(w.kept())).toEqual(lines);
});

it('tells of addresses the host alone, of accounts nothing, and cuts what is long', async () => {
  const log = world().start();
  log.add('GET https://fapi.binance.com/fapi/v1/klines?symbol=BTCUSDT#a failed');
  log.add('frame wss://user:pw@stream.bybit.com:443/v5/x, chrome-extension://abc/dashboard.html#positions');
  log.add(`accounts 0x${'ab12'.repeat(10)} of ETH`);
  log.add('x'.repeat(1_000));
  const lines = texts(await log.lines());
  expect(lines.slice(0, 3)).toEqual([
    'GET fapi.binance.com failed',
    'frame stream.bybit.com:443 abc',
    'accounts 0x… of ETH',
  ]);
  expect(lines[3]).toHaveLength(300);
});

it('has a line for every change of a stream’s state, not for what stays', async () => {
  const log = world().start();
  const limited = { state: 'limited', detail: 'wait|venue=Binance', retryAtMs: 5_000 } as const;
  log.noteHealth(sampleHealth({ trades: { state: 'idle' } }));
  const before = (await log.lines()).length;
  log.noteHealth(sampleHealth({ trades: limited }));
  log.noteHealth(sampleHealth({ trades: { ...limited, brokenCount: 3 } }));
  expect(texts(await log.lines()).slice(before)).toEqual(['binance trades: limited, wait|venue=Binance']);
});

it('takes nothing broken over', async () => {
  const log = world([{ timeMs: 1, text: 'sound' }, { timeMs: 'x', text: 'y' }, null, 7]).start();
  expect(texts(await log.lines())).toEqual(['sound']);
  expect(await world('nonsense').start().lines()).toEqual([]);
});
