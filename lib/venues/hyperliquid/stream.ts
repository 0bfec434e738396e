import { SECOND_MS } from '@/lib/core/time';
import type { StreamName } from '@/lib/market/health';
import type { BarClock } from '@/lib/venues/bar-clock';
import type { SocketProtocol } from '@/lib/venues/connection';
import type { HealthBook } from '@/lib/venues/health-book';
import { isNamed } from '@/lib/venues/refusals';
import { createSocket } from '@/lib/venues/socket';
import { createStreamHealth } from '@/lib/venues/stream-health';
import { sourceByTopic } from '@/lib/venues/subscription-watch';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import { parseMessage, type Frame } from './frames';
import { nextFundingMs } from './rest-wire';

const URL = 'wss://api.hyperliquid.xyz/ws';
const STREAMS: readonly StreamName[] = ['trades', 'mark', 'bars'];
/** What a subscription begins with and is older than this is of the past: a quiet contract's may be hours old. */
const PAST_MS = 10 * SECOND_MS;

/** A subscription, `candle BTC`, as the venue spells it: one to a message. */
const request = (method: string, [param]: readonly string[]): string => {
  const [channel, coin] = param.split(' ');
  const interval = channel === 'candle' ? { interval: '5m' } : {};
  return JSON.stringify({ method, subscription: { type: channel, coin, ...interval } });
};

const PROTOCOL: Omit<SocketProtocol, 'unsubscribe'> = {
  url: URL,
  controls: STREAMS,
  groupOf: (param) => param,
  sourceOf: sourceByTopic({ trades: 'trades', activeAssetCtx: 'mark', candle: 'bars' }),
  subscribe: (params) => request('subscribe', params),
  keepAlive: () => JSON.stringify({ method: 'ping' }),
};

/** Trades, marks and bars; the venue publishes no liquidations. */
export function openHyperliquidStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  clock: BarClock,
  health: HealthBook,
  random: () => number,
): VenueStream {
  const streamHealth = createStreamHealth('Hyperliquid', health, () => STREAMS);
  /** Contracts whose subscription to trades has begun to speak on this connection. */
  const begun = new Set<string>();
  let followed: ReadonlySet<string> = new Set();

  const received = (stream: StreamName, symbol: string): void => {
    streamHealth.received(stream);
    socket.heard(stream, symbol);
  };

  const dispatch = (frame: Frame): void => {
    switch (frame.kind) {
      case 'trades': {
        received('trades', frame.symbol);
        if (!followed.has(frame.symbol)) return undefined;
        const isBeginning = !begun.has(frame.symbol);
        begun.add(frame.symbol);
        for (const trade of frame.trades) {
          // No word about the time of now: everything that comes without a time of its own would be as of then.
          if (isBeginning && trade.timeMs < clock.now() - PAST_MS) continue;
          clock.observe(trade.timeMs);
          handlers.onTrade(frame.symbol, trade);
        }
        return undefined;
      }
      case 'mark': {
        received('mark', frame.symbol);
        const { symbol, markPrice, fundingRate } = frame;
        const timeMs = clock.now();
        return handlers.onMark(symbol, { timeMs, markPrice, fundingRate, nextFundingTimeMs: nextFundingMs(timeMs) });
      }
      case 'bar':
        received('bars', frame.symbol);
        // The venue does not say of a bar that it has closed. One that has begun shows that it is that late at least.
        return handlers.onBar(frame.symbol, frame.bar, false, Math.max(clock.now(), frame.bar.openTimeMs));
      case 'refused': {
        const { retryAtMs } = socket.refusedWhere(isNamed(frame.subscription));
        return streamHealth.refused(frame.stream, frame.detail, retryAtMs);
      }
      case 'broken':
        return streamHealth.broken(frame.stream, frame.detail);
      case 'other':
        return undefined;
    }
  };

  const socket = createSocket(
    environment,
    {
      ...PROTOCOL,
      unsubscribe([param]) {
        const [channel, coin] = param.split(' ');
        if (channel === 'trades') begun.delete(coin);
        return request('unsubscribe', [param]);
      },
    },
    {
      onMessage: (text) => dispatch(parseMessage(text)),
      onStatus(status) {
        if (status.kind === 'connecting') begun.clear();
        streamHealth.onStatus(status);
      },
      onReconnect: () => handlers.onReconnect(),
    },
    random,
  );

  return {
    follow(symbols) {
      followed = new Set(symbols);
      socket.want(
        symbols.flatMap((symbol) => ['trades', 'activeAssetCtx', 'candle'].map((channel) => `${channel} ${symbol}`)),
      );
    },
    followLiquidations: () => {},
    retry: () => socket.retry(),
    close: () => socket.close(),
  };
}
