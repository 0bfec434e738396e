import { SECOND_MS } from '@/lib/core/time';
import { contractId, type Contract } from '@/lib/market/contract';
import { createLiveMarket } from '@/lib/services/contract/live-market';
import { createLiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { parseFrame } from '@/lib/venues/binance/frames';

import { quantile, type Bench, type BenchRow } from './bench';

const SECONDS = 10;
const LIQUIDATIONS_PER_SECOND = 20_000;
const TRADES_PER_SECOND = 50_000;
const CONTRACT_COUNT = 500;
const START_MS = 1_779_278_400_000;
/** A tenth of a second's events come at once, as from a socket that was held up. */
const SLICES = 10;

const USD_M = { foreignSubtype: 2, sizeOf: () => 1 };

const contracts = Array.from({ length: CONTRACT_COUNT }, (_, i): Contract => {
  const symbol = `COIN${i}USDT`;
  return {
    id: contractId('binance', symbol),
    venueId: 'binance',
    symbol,
    baseAsset: `COIN${i}`,
    multiplier: 1,
    quoteAsset: 'USDT',
    assetClass: i < 2 ? 'major' : 'altcoin',
    settlement: 'linear',
    tickSize: 0.01,
    qtyStep: 0.001,
    isTrading: true,
    listedTimeMs: 0,
  };
});

const liquidationText = (i: number, timeMs: number): string => {
  const symbol = contracts[i % CONTRACT_COUNT].symbol;
  const order = `"s":"${symbol}","S":"${i % 3 === 0 ? 'BUY' : 'SELL'}","o":"LIMIT","f":"IOC","q":"${1 + (i % 97)}","p":"100.5","ap":"100.4","X":"FILLED","l":"1","z":"${1 + (i % 97)}","T":${timeMs}`;
  return `{"stream":"!forceOrder@arr","data":{"e":"forceOrder","E":${timeMs},"st":1,"o":{${order}}}}`;
};

const tradeText = (i: number, timeMs: number): string =>
  `{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":${timeMs},"s":"BTCUSDT","a":${i},"p":"60000.${i % 10}","q":"0.0${1 + (i % 9)}","f":1,"l":2,"T":${timeMs},"m":${i % 2 === 0}}}`;

interface Works {
  readonly works: readonly number[];
  /** Of reading the same frames as JSON and no more. */
  readonly readings: readonly number[];
}

/** Milliseconds of work for each second of frames. */
async function workPerSecond(
  perSecond: number,
  textOf: (i: number, timeMs: number) => string,
  take: (text: string) => void,
  afterSlice: (timeMs: number) => Promise<void>,
): Promise<Works> {
  const works: number[] = [];
  const readings: number[] = [];
  const perSlice = perSecond / SLICES;
  for (let second = 0; second < SECONDS; second += 1) {
    let work = 0;
    let reading = 0;
    for (let slice = 0; slice < SLICES; slice += 1) {
      const fromMs = START_MS + second * SECOND_MS + (slice * SECOND_MS) / SLICES;
      const first = (second * SLICES + slice) * perSlice;
      // No two of a contract share a millisecond, or they would be one event told twice.
      const texts = Array.from({ length: perSlice }, (_, i) =>
        textOf(first + i, fromMs + Math.floor((i * SECOND_MS) / perSecond)),
      );
      const start = performance.now();
      for (const text of texts) take(text);
      await afterSlice(fromMs + SECOND_MS / SLICES);
      work += performance.now() - start;
      const startReading = performance.now();
      for (const text of texts) JSON.parse(text);
      reading += performance.now() - startReading;
    }
    works.push(work);
    readings.push(reading);
  }
  return { works, readings };
}

/** 20,000 liquidations a second of 500 contracts for 10 s: parsed, counted, summed, stored; nothing may be lost. */
async function liquidationBurst(): Promise<BenchRow> {
  const log = createMemoryLog(() => {});
  let nowMs = START_MS;
  let timers: { due: () => void; atMs: number }[] = [];
  const record = createLiquidationRecord({
    isOff: () => false,
    openLog: Promise.resolve(log),
    now: () => nowMs,
    environment: {
      now: () => nowMs,
      setTimer(due, delayMs) {
        timers.push({ due, atMs: nowMs + delayMs });
        return () => {};
      },
      log: () => {},
    },
    onError(cause) {
      throw cause;
    },
  });
  record.list('binance', contracts);
  let sentUsd = 0;
  const works = await workPerSecond(
    LIQUIDATIONS_PER_SECOND,
    liquidationText,
    (text) => {
      const frame = parseFrame(text, USD_M);
      if (frame.kind !== 'liquidation') throw new Error(`not read: ${text}`);
      sentUsd += frame.liquidation.qty * frame.liquidation.bankruptcyPrice;
      record.add('binance', frame.symbol, frame.liquidation);
    },
    async (timeMs) => {
      nowMs = timeMs;
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const timer of due) timer.due();
      await new Promise((resolve) => setImmediate(resolve));
    },
  );
  await record.settle();
  const { total, lostCount } = record.board(0);
  const count = total[0].longCount + total[0].shortCount;
  let storedCount = 0;
  await log.readTape('binance', 0, Infinity, () => (storedCount += 1));
  const expected = SECONDS * LIQUIDATIONS_PER_SECOND;
  const isExact = Math.abs(total[0].longUsd + total[0].shortUsd - sentUsd) < 0.01;
  if (count !== expected || storedCount !== expected || lostCount > 0 || !isExact)
    throw new Error(`of ${expected} liquidations ${count} counted, ${storedCount} stored, ${lostCount} lost`);
  return rowOf('20,000 liquidations a second', works, `all ${expected} counted and stored, sums to the cent`);
}

/** 50,000 trades a second for 10 s through parser and live market. */
async function tradeBurst(): Promise<BenchRow> {
  const live = createLiveMarket();
  let count = 0;
  const works = await workPerSecond(
    TRADES_PER_SECOND,
    tradeText,
    (text) => {
      const frame = parseFrame(text, USD_M);
      if (frame.kind !== 'trade') throw new Error(`not read: ${text}`);
      live.onTrade(frame.trade);
      count += 1;
    },
    () => Promise.resolve(),
  );
  const expected = SECONDS * TRADES_PER_SECOND;
  if (count !== expected) throw new Error(`of ${expected} trades ${count} counted`);
  return rowOf('50,000 trades a second', works, `all ${expected} counted`);
}

/** Sustained while a second's events take less than a second. */
const rowOf = (name: string, { works, readings }: Works, note: string): BenchRow => ({
  name: `${name}, work in a second`,
  unit: 'ms',
  median: quantile(works, 0.5),
  p99: quantile(works, 0.99),
  budget: SECOND_MS,
  budgetOn: 'median',
  ratio: { against: 'JSON.parse alone', value: quantile(works, 0.5) / quantile(readings, 0.5) },
  note,
});

export const run: Bench = async () => [await liquidationBurst(), await tradeBurst()];
