import { floorToStep, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { barMoments } from './bar-moments';
import { acknowledge, initialStreams, isCombined, isDelivering } from './binance-socket';
import {
  aggTradeFrame,
  forceOrderFrame,
  klineFrame,
  markPriceFrame,
  pairOf,
  subtypeOf,
  TRADE_SLOT_MS,
} from './binance-wire';
import type { MarketSource } from './market-source';
import type { Listing } from './source-book';
import type { Frame, FrameSource, StreamDialect } from './stream-host';

/** The venue sends a kline this often while it changes. */
const KLINE_UPDATE_MS = 250;
const KLINE_INTERVALS_MS: Readonly<Record<string, number>> = {
  '1m': MINUTE_MS,
  '5m': BAR_MS,
  '15m': 3 * BAR_MS,
  '1h': 12 * BAR_MS,
};

export const createBinanceDialect = (
  listings: ReadonlyMap<string, Listing>,
  clockKeys: ReadonlySet<string>,
): StreamDialect => ({
  findStream: (name) => findStream(name, listings),
  answer: (text, streams, isDenied) => [acknowledge(text, streams, isDenied)],
  initialStreams,
  wrap: (frame, stream, url) => (isDelivering(url) ? (isCombined(url) ? { stream, data: frame } : frame) : null),
  inboundPerSecond: 10,
  pingMs: 180_000,
  clockKeys,
});

/** The stream of a name such as `btcusdt@kline_5m`; null where the venue has none: it acknowledges and stays silent. */
const findStream = (name: string, listings: ReadonlyMap<string, Listing>): FrameSource | null => {
  // Carries the symbol's type and pair, too.
  if (name === '!forceOrder@arr') {
    return (fromMs, toMs) =>
      [...listings.values()].flatMap((listing) =>
        forceOrders(listing.source(), fromMs, toMs).map((frame) => ({
          ...frame,
          st: subtypeOf(listing.instrument),
          ps: pairOf(listing.instrument),
        })),
      );
  }
  const [symbol, type, variant] = name.split('@');
  const listing = listings.get((symbol ?? '').toUpperCase());
  if (listing === undefined || symbol !== symbol.toLowerCase()) return null;
  const source = (): MarketSource => listing.source();
  if (type === 'aggTrade') return (fromMs, toMs) => trades(source(), fromMs, toMs);
  if (type === 'markPrice') {
    const everyMs = variant === '1s' ? SECOND_MS : 3 * SECOND_MS;
    return (fromMs, toMs) => marks(source(), everyMs, fromMs, toMs);
  }
  if (type === 'forceOrder') return (fromMs, toMs) => forceOrders(source(), fromMs, toMs);
  const interval = type?.match(/^kline_(.+)$/)?.[1] ?? '';
  const intervalMs = KLINE_INTERVALS_MS[interval];
  if (intervalMs === undefined) return null;
  return (fromMs, toMs) => klines(source(), interval, intervalMs, fromMs, toMs);
};

/** One aggregate of everything traded since: at the venue's own pace one slot, in a fast replay many. */
const trades = (source: MarketSource, fromMs: number, toMs: number): Frame[] => {
  const first = Math.floor(fromMs / TRADE_SLOT_MS);
  const last = Math.floor(toMs / TRADE_SLOT_MS) - 1;
  const frame = last < first ? null : aggTradeFrame(source, first, last, toMs);
  return frame === null ? [] : [frame];
};

/** The newest; earlier ones of the same moment of a fast replay would be outdated on arrival. */
const marks = (source: MarketSource, everyMs: number, fromMs: number, toMs: number): Frame[] => {
  const newest = floorToStep(toMs, everyMs);
  return newest > fromMs ? [markPriceFrame(source, newest)] : [];
};

const klines = (source: MarketSource, interval: string, intervalMs: number, fromMs: number, toMs: number): Frame[] =>
  barMoments(fromMs, toMs, KLINE_UPDATE_MS, intervalMs).map(({ openMs, atMs }) => {
    const candle = source.candle(openMs, openMs + intervalMs, atMs);
    return klineFrame(candle, interval, openMs + intervalMs - 1, atMs, source.instrument);
  });

/** A second's largest liquidation is known when the second is over. */
const forceOrders = (source: MarketSource, fromMs: number, toMs: number): Frame[] =>
  source
    .liquidations(floorToStep(fromMs, SECOND_MS), floorToStep(toMs, SECOND_MS), 'sampled')
    .map((event) => forceOrderFrame(event, floorToStep(event.timeMs, SECOND_MS) + SECOND_MS, source.instrument));
