import { beforeEach, describe, expect, it, vi } from 'vitest';

import { err, ok, type Result } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { AccountPosition } from '@/lib/market/account-position';
import { createAccountPanel, type AccountPanel } from '@/lib/services/contract/account-panel';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { VenueError } from '@/lib/venues/venue';
import { CONTRACT } from '@/tests/components/samples';
import { createVirtualTime, type VirtualTime } from '@/tests/venues/virtual-time';

const BTC = { ...CONTRACT, id: 'hyperliquid:BTC', venueId: 'hyperliquid', symbol: 'BTC' } as const;
const LIMITED: VenueError = { kind: 'limited', message: '', detail: '429', retryAtMs: null };

let time: VirtualTime;
let log: MarketLog;
let held: Map<string, Partial<AccountPosition>>;
let asked: { readonly account: string; readonly timeMs: number }[];
let failure: VenueError | null;
let failures: unknown[];
let isSeen: boolean;
let end: AbortController;

const fetchPosition = (account: string): Promise<Result<AccountPosition | null, VenueError>> => {
  asked.push({ account, timeMs: time.now() });
  if (failure !== null) return Promise.resolve(err(failure));
  const position = held.get(account);
  if (position === undefined) return Promise.resolve(ok(null));
  const whole = { positionSide: 'long', qty: 1, entryPrice: 100, leverage: 10, isCross: false, liquidationPrice: 91 };
  return Promise.resolve(ok({ ...whole, ...position } as AccountPosition));
};

const createPanel = (): AccountPanel =>
  createAccountPanel({
    contract: BTC,
    fetchPosition,
    log,
    venueNow: time.now,
    environment: { now: time.now, setTimer: time.setTimer, log: () => {} },
    isSeen: () => isSeen,
    onChange: () => {},
    onFailure: (cause) => void failures.push(cause),
    signal: end.signal,
  });

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const pass = async (ms: number) => {
  for (let passed = 0; passed < ms; passed += 100) {
    time.advance(100);
    await settle();
  }
};
const trade = (panel: AccountPanel, traders: readonly string[], usd: number) =>
  panel.onTrade({ timeMs: time.now(), price: 100, qty: usd / 100, isTakerBuy: true, traders });
const names = () => asked.map(({ account }) => account);

beforeEach(() => {
  time = createVirtualTime();
  log = createMemoryLog(() => {});
  held = new Map();
  asked = [];
  failure = null;
  failures = [];
  isSeen = true;
  end = new AbortController();
});

describe('a panel of accounts', () => {
  it('asks nobody while nobody looks, and whoever traded meanwhile afterwards', async () => {
    isSeen = false;
    const panel = createPanel();
    trade(panel, ['a'], 1_000);
    trade(panel, ['b'], 2_000);
    await pass(MINUTE_MS);
    expect(asked).toEqual([]);
    isSeen = true;
    await pass(SECOND_MS);
    expect(names()).toEqual(['b', 'a']);
  });

  it('asks nothing before anybody trades, nor after its end', async () => {
    const panel = createPanel();
    await pass(10 * SECOND_MS);
    expect(asked).toEqual([]);
    trade(panel, ['a'], 1_000);
    end.abort();
    await pass(MINUTE_MS);
    expect(asked).toEqual([]);
    expect(time.timerCount()).toBe(0);
  });

  it('asks those that traded most at first, one after the other', async () => {
    const panel = createPanel();
    trade(panel, ['small', 'large'], 100);
    trade(panel, ['large', 'middle'], 5_000);
    await pass(2 * SECOND_MS);
    expect(names()).toEqual(['large', 'middle', 'small']);
  });

  it('stays within 150 requests in any minute, however many trade', async () => {
    const panel = createPanel();
    for (let nth = 0; nth < 5_000; nth++) {
      held.set(`a${nth}`, { qty: 1 + (nth % 7) });
      trade(panel, [`a${nth}`, `b${nth}`], 100 + nth);
    }
    await pass(3 * MINUTE_MS);
    expect(asked.length).toBeGreaterThan(400);
    for (const { timeMs } of asked) {
      const inMinute = asked.filter((each) => each.timeMs >= timeMs && each.timeMs < timeMs + MINUTE_MS);
      expect(inMinute.length).toBeLessThanOrEqual(150);
    }
  });

  it('knows what they hold, and drops those that hold nothing any more', async () => {
    const panel = createPanel();
    held.set('a', { qty: 3 }).set('b', { positionSide: 'short', liquidationPrice: null });
    trade(panel, ['a', 'b'], 500);
    await pass(2 * SECOND_MS);
    expect(panel.positions()).toMatchObject([
      { positionSide: 'long', qty: 3, liquidationPrice: 91 },
      { positionSide: 'short', qty: 1, liquidationPrice: null },
    ]);
    held.delete('a');
    await pass(HOUR_MS);
    expect(panel.positions()).toMatchObject([{ positionSide: 'short' }]);
  });

  it('keeps what the store refused once it accepts it, though nothing changed since', async () => {
    const panel = createPanel();
    const write = vi.spyOn(log, 'writeHoldings').mockRejectedValue(new Error('full'));
    held.set('a', { qty: 3 });
    trade(panel, ['a'], 500);
    await pass(40 * SECOND_MS);
    expect(failures).toHaveLength(1);
    write.mockRestore();
    await pass(30 * SECOND_MS);
    expect((await log.readHoldings(BTC.id)).get('a')?.qty).toBe(3);
  });

  it('goes on with the others when one answer makes it stumble', async () => {
    const panel = createPanel();
    held.set('b', { qty: 1 });
    vi.spyOn(held, 'get').mockImplementationOnce(() => {
      throw new Error('stumbled');
    });
    trade(panel, ['a'], 900);
    trade(panel, ['b'], 500);
    await pass(MINUTE_MS);
    expect(failures).toHaveLength(1);
    expect(names()).toContain('b');
  });

  it('asks a large holder more often than a small one, and both again and again', async () => {
    const panel = createPanel();
    // More accounts than can be asked within their rest.
    for (let nth = 0; nth < 400; nth++) {
      held.set(`a${nth}`, { qty: nth < 40 ? 10_000 : 100 });
      trade(panel, [`a${nth}`], 1);
    }
    await pass(20 * MINUTE_MS);
    const timesOf = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => names().filter((name) => name === `a${from + i}`).length);
    const [large, small] = [timesOf(0, 40), timesOf(40, 400)];
    const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(Math.min(...small)).toBeGreaterThanOrEqual(2);
    expect(mean(large) / mean(small)).toBeGreaterThan(2);
  });

  it('asks one that trades again before its turn, but lets each rest for a minute', async () => {
    const panel = createPanel();
    held.set('a', { qty: 1 });
    trade(panel, ['a'], 1_000);
    await pass(10 * SECOND_MS);
    trade(panel, ['a'], 1_000_000);
    await pass(40 * SECOND_MS);
    expect(names()).toEqual(['a']);
    await pass(15 * SECOND_MS);
    expect(names()).toEqual(['a', 'a']);
  });

  it('waits where the venue asks for it, and loses nobody by it', async () => {
    const panel = createPanel();
    failure = { ...LIMITED, retryAtMs: time.now() + 2 * MINUTE_MS };
    held.set('a', {});
    trade(panel, ['a', 'b'], 500);
    await pass(MINUTE_MS);
    expect(asked).toHaveLength(1);
    failure = null;
    await pass(70 * SECOND_MS);
    expect(panel.positions()).toHaveLength(1);
  });

  it('counts an account whose answer cannot be read as unknown, and goes on to the next', async () => {
    const panel = createPanel();
    held.set('a', {}).set('b', {});
    failure = { ...LIMITED, kind: 'schema' };
    trade(panel, ['a'], 900);
    await pass(SECOND_MS);
    failure = null;
    trade(panel, ['b'], 500);
    await pass(SECOND_MS);
    expect(names()).toEqual(['a', 'b']);
    expect(panel.positions()).toHaveLength(1);
  });
});

describe('a panel that was stored', () => {
  const knowing = async (count: number) => {
    const panel = createPanel();
    for (let nth = 0; nth < count; nth++) {
      held.set(`a${nth}`, { qty: 1 + nth });
      trade(panel, [`a${nth}`], 100);
    }
    await pass(count * 400 + 30 * SECOND_MS);
    return panel.positions();
  };

  it('is there at once after the worker has died', async () => {
    const before = await knowing(20);
    end.abort();
    end = new AbortController();
    asked = [];
    const panel = createPanel();
    await settle();
    expect(panel.positions()).toEqual(before);
    await pass(3 * MINUTE_MS);
    expect(new Set(names()).size).toBe(20);
    expect(failures).toEqual([]);
  });

  it('counts what is older than a day no more, but asks for it', async () => {
    await knowing(5);
    end.abort();
    await settle();
    end = new AbortController();
    time.advance(25 * HOUR_MS);
    failure = LIMITED;
    const panel = createPanel();
    await settle();
    expect(panel.positions()).toEqual([]);
    failure = null;
    await pass(40 * SECOND_MS);
    expect(panel.positions()).toHaveLength(5);
  });

  it('holds at most 3000 accounts, the largest', async () => {
    await log.writeHoldings(
      BTC.id,
      new Map(
        Array.from({ length: 2_900 }, (_, nth) => [
          `a${nth}`,
          {
            positionSide: 'long',
            qty: 10 + nth,
            entryPrice: 100,
            leverage: 5,
            isCross: true,
            liquidationPrice: 80,
            observedMs: time.now(),
          },
        ]),
      ),
    );
    const panel = createPanel();
    await settle();
    for (let nth = 0; nth < 200; nth++) trade(panel, [`b${nth}`], 1);
    const qtys = panel.positions().map(({ qty }) => qty);
    expect(qtys).toHaveLength(2_400);
    expect(Math.min(...qtys)).toBe(510);
  });

  it('says so when the store refuses, and goes on asking', async () => {
    log = {
      ...log,
      writeHoldings: () => Promise.reject(new Error('full')),
      readHoldings: () => Promise.reject(new Error('gone')),
    };
    held.set('a', {});
    const panel = createPanel();
    trade(panel, ['a'], 100);
    await pass(40 * SECOND_MS);
    expect(failures.map(String)).toEqual(['Error: gone', 'Error: full']);
    expect(panel.positions()).toHaveLength(1);
  });
});

it('asks again for an account that was asked by a clock which was hours ahead', async () => {
  held.set('a', { qty: 10 });
  let aheadMs = 5 * HOUR_MS;
  const panel = createAccountPanel({
    contract: BTC,
    fetchPosition,
    log,
    venueNow: () => time.now() + aheadMs,
    environment: { now: time.now, setTimer: time.setTimer, log: () => {} },
    isSeen: () => true,
    onChange: () => {},
    onFailure: (cause) => void failures.push(cause),
    signal: end.signal,
  });
  trade(panel, ['a'], 1_000);
  await pass(SECOND_MS);
  aheadMs = 0;
  asked.length = 0;
  await pass(SECOND_MS);
  expect(names()).toEqual(['a']);
});
