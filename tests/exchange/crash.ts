import type { VenueId } from '@/lib/market/contract';

import type { Exchange } from './index';
import type { Frame } from './stream-host';

/** What happens at one venue in a second of a crash. */
interface Crash {
  readonly venue: VenueId;
  readonly stream: string;
  readonly perSecond: number;
  /** Frame of these events, or of each alone where the venue sends them so. */
  readonly perFrame: number;
  readonly frameOf?: (events: readonly CrashLiquidation[], nowMs: number) => Frame;
}

interface CrashLiquidation {
  readonly timeMs: number;
  readonly price: number;
  /** Units of 0.001 BTC. */
  readonly units: number;
}

const TRADE_STREAMS: readonly (readonly [VenueId, string])[] = [
  ['binance', 'btcusdt@aggTrade'],
  ['bybit', 'publicTrade.BTCUSDT'],
  ['okx', 'trades BTC-USDT-SWAP'],
  ['gate', 'futures.trades BTC_USDT'],
  ['bitget', 'publicTrade BTCUSDT'],
  ['hyperliquid', 'trades BTC'],
];
const TRADES_PER_SECOND = 2_000;

const LIQUIDATIONS: readonly Required<Crash>[] = [
  {
    venue: 'binance',
    stream: '!forceOrder@arr',
    perSecond: 2_000,
    perFrame: 1,
    frameOf: ([{ timeMs, price, units }], nowMs) => {
      const z = (units / 1_000).toFixed(3);
      const o = { s: 'BTCUSDT', S: 'SELL', o: 'LIMIT', f: 'IOC', X: 'FILLED', q: z, l: z, z, T: timeMs };
      return {
        e: 'forceOrder',
        E: nowMs,
        st: 1,
        ps: 'BTCUSDT',
        o: { ...o, p: price.toFixed(1), ap: price.toFixed(1) },
      };
    },
  },
  {
    venue: 'bybit',
    stream: 'allLiquidation.BTCUSDT',
    perSecond: 3_000,
    perFrame: 100,
    frameOf: (events, nowMs) => ({
      topic: 'allLiquidation.BTCUSDT',
      type: 'snapshot',
      ts: nowMs,
      data: events.map(({ timeMs, price, units }) => ({
        T: timeMs,
        s: 'BTCUSDT',
        S: 'Buy',
        v: (units / 1_000).toFixed(3),
        p: price.toFixed(1),
      })),
    }),
  },
  {
    venue: 'gate',
    stream: 'futures.public_liquidates !all',
    perSecond: 3_000,
    perFrame: 100,
    frameOf: (events, nowMs) => ({
      time: Math.floor(nowMs / 1_000),
      time_ms: nowMs,
      channel: 'futures.public_liquidates',
      event: 'update',
      // Contracts of 0.0001 BTC; a long's size is positive.
      result: events.map(({ timeMs, price, units }) => ({
        price: price.toFixed(1),
        size: 10 * units,
        time: timeMs,
        contract: 'BTC_USDT',
      })),
    }),
  },
];
/** Sent in so many parts of a second each. */
const PARTS = 20;
/** Trades are those of so many earlier slots, again and again: of the last two minutes. */
const TRADE_SLOTS = 600;
const SLOT_MS = 200;

export const CRASH_PER_SECOND =
  TRADES_PER_SECOND * TRADE_STREAMS.length + LIQUIDATIONS.reduce((sum, { perSecond }) => sum + perSecond, 0);

/** What was sent of each venue's liquidations. */
export type CrashSums = Readonly<Partial<Record<VenueId, { readonly count: number; readonly usd: number }>>>;

/** Twenty thousand events a second at six venues: every second of BTC's trades many times over, and as many liquidations. */
export async function crash(exchange: Exchange, seconds: number): Promise<CrashSums> {
  await subscribed(exchange);
  const nowMs = exchange.clock.now();
  const trades = TRADE_STREAMS.map(([id, stream]) => {
    const frames: Frame[] = [];
    for (let slot = TRADE_SLOTS; slot > 0; slot--)
      frames.push(...exchange.venue(id).frames(stream, nowMs - slot * SLOT_MS, nowMs - (slot - 1) * SLOT_MS));
    if (frames.length === 0) throw new Error(`no trades of ${id} on ${stream}`);
    return { venue: exchange.venue(id), stream, frames };
  });
  const sums = new Map<VenueId, { count: number; usd: number }>();
  const startedMs = performance.now();
  for (let part = 0; part < seconds * PARTS; part++) {
    const atMs = exchange.clock.now();
    for (const { venue, stream, frames } of trades) {
      const each = TRADES_PER_SECOND / PARTS;
      const due = Array.from({ length: each }, (_, nth) => frames[(part * each + nth) % frames.length]);
      venue.publish(stream, ...due);
    }
    for (const { venue, stream, perSecond, perFrame, frameOf } of LIQUIDATIONS) {
      const sum = sums.get(venue) ?? { count: 0, usd: 0 };
      sums.set(venue, sum);
      const due: Frame[] = [];
      for (let nth = 0; nth < perSecond / PARTS; nth += perFrame) {
        const events = Array.from({ length: Math.min(perFrame, perSecond / PARTS - nth) }, (): CrashLiquidation => {
          const event = { timeMs: atMs, price: 40_000 + (sum.count % 1_000), units: 1 + Math.floor(sum.count / 1_000) };
          sum.count += 1;
          sum.usd += (event.price * event.units) / 1_000;
          return event;
        });
        due.push(frameOf(events, atMs));
      }
      exchange.venue(venue).publish(stream, ...due);
    }
    const waitMs = startedMs + ((part + 1) * 1_000) / PARTS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
  }
  return Object.fromEntries(sums);
}

/** Until somebody hears all of it. */
async function subscribed(exchange: Exchange): Promise<void> {
  const streams = [...TRADE_STREAMS, ...LIQUIDATIONS.map(({ venue, stream }) => [venue, stream] as const)];
  for (let tries = 0; ; tries++) {
    const unheard = streams.filter(([id, stream]) => !exchange.venue(id).subscriptions().includes(stream));
    if (unheard.length === 0) return;
    if (tries === 600) throw new Error(`nobody subscribed to ${unheard.map((each) => each.join(' ')).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
