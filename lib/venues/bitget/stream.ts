import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { BarClock } from '@/lib/venues/bar-clock';
import type { HealthBook } from '@/lib/venues/health-book';
import { createSocket } from '@/lib/venues/socket';
import { createFrameTeller } from '@/lib/venues/stream-frames';
import { createStreamHealth, PONG } from '@/lib/venues/stream-health';
import { sourceByTopic } from '@/lib/venues/subscription-watch';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import { parseFrames, type Frame } from './frames';

const STREAMS: readonly StreamName[] = ['trades', 'mark', 'bars', 'liquidations'];
const LIQUIDATIONS_ALONE: readonly StreamName[] = ['liquidations'];
const CONTRACT_CONTROLS: readonly StreamName[] = ['trades', 'mark', 'bars'];
/** One topic for every contract there is; it takes no contract's name. */
const LIQUIDATIONS = 'liquidation';

const request = (op: string, params: readonly string[]) =>
  JSON.stringify({
    op,
    args: params.map((param) => {
      const [topic, symbol] = param.split(' ');
      const arg = symbol === undefined ? { topic } : { topic, symbol };
      return { instType: 'usdt-futures', ...arg, ...(topic === 'kline' ? { interval: '5m' } : {}) };
    }),
  });

/** One socket: docs/venues.md has its topics. `random` in [0, 1) spreads reconnects. */
export function openBitgetStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  clock: BarClock,
  health: HealthBook,
  random: () => number,
): VenueStream {
  const streamHealth = createStreamHealth('Bitget', health, () => (followed.size > 0 ? STREAMS : LIQUIDATIONS_ALONE));
  /** The bar of each contract that was open when it was last told of. */
  const openBars = new Map<string, Bar>();
  let followed = new Set<string>();
  let watched = new Set<string>();

  const { received, tell } = createFrameTeller({
    streamHealth,
    socket: () => socket,
    handlers,
    onVenueTime: (timeMs) => clock.observe(timeMs),
    isWanted: (symbol) => followed.has(symbol) || watched.has(symbol),
    unnamed: LIQUIDATIONS,
  });

  /** The venue does not say that a bar has closed: the clock does, or the next bar. */
  const tellBar = (symbol: string, bar: Bar, timeMs: number): void => {
    const open = openBars.get(symbol);
    if (open !== undefined && open.openTimeMs > bar.openTimeMs) return;
    if (open !== undefined && open.openTimeMs < bar.openTimeMs) handlers.onBar(symbol, open, true, timeMs);
    const isClosed = timeMs >= bar.openTimeMs + BAR_MS;
    if (isClosed) openBars.delete(symbol);
    else openBars.set(symbol, bar);
    handlers.onBar(symbol, bar, isClosed, timeMs);
  };

  const dispatch = (frame: Frame): void => {
    if (frame.kind === 'past') return received(frame.stream, frame.symbol);
    if (frame.kind !== 'bar') return tell(frame);
    received('bars', frame.symbol);
    if (followed.has(frame.symbol)) tellBar(frame.symbol, frame.bar, frame.timeMs);
  };

  const socket = createSocket(
    environment,
    {
      url: 'wss://ws.bitget.com/v3/ws/public',
      get controls() {
        return followed.size > 0 ? CONTRACT_CONTROLS : [PONG];
      },
      sourceOf: sourceByTopic({ publicTrade: 'trades', ticker: 'mark', kline: 'bars' }),
      subscribe: (params) => request('subscribe', params),
      unsubscribe: (params) => request('unsubscribe', params),
      // The venue cuts a connection that has sent no ping for two minutes.
      keepAlive: () => 'ping',
    },
    {
      onMessage(text) {
        for (const frame of parseFrames(text)) dispatch(frame);
      },
      onStatus: streamHealth.onStatus,
      onReconnect() {
        openBars.clear();
        handlers.onReconnect();
      },
    },
    random,
  );

  const subscribe = (): void => {
    const topics = [...followed].flatMap((symbol) =>
      ['publicTrade', 'ticker', 'kline'].map((topic) => `${topic} ${symbol}`),
    );
    socket.want(followed.size + watched.size > 0 ? [...topics, LIQUIDATIONS] : []);
  };

  return {
    follow(symbols) {
      // Their silence counts from now, not from when the connection was opened for liquidations alone.
      if (followed.size === 0) for (const control of CONTRACT_CONTROLS) socket.heard(control);
      followed = new Set(symbols);
      if (followed.size === 0) for (const control of CONTRACT_CONTROLS) health.set(control, 'idle');
      for (const symbol of openBars.keys()) if (!followed.has(symbol)) openBars.delete(symbol);
      subscribe();
    },
    followLiquidations(symbols) {
      watched = new Set(symbols);
      subscribe();
    },
    retry: () => socket.retry(),
    close: () => socket.close(),
  };
}
