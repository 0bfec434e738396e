import type { StreamName } from '@/lib/market/health';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { HealthBook } from '@/lib/venues/health-book';
import { createSocket, type SocketProtocol } from '@/lib/venues/socket';
import { createStreamHealth } from '@/lib/venues/stream-health';
import type { StreamHandlers, VenueEnvironment, VenueStream } from '@/lib/venues/venue';

import { parseFrame, type Frame } from './frames';

/** `/ws` and `/stream` still connect but have been mute since 2026-04-23; aggTrade, markPrice, kline and forceOrder live under `/market`. */
const URL = 'wss://fstream.binance.com/market/stream';
const SOCKET_STREAMS: readonly StreamName[] = ['trades', 'mark', 'bars', 'liquidations'];
/** A market without a single liquidation for days is normal, so their silence says nothing. */
const CONTROLS: readonly StreamName[] = ['trades', 'mark', 'bars'];

const request = (method: string, params: readonly string[], id: number) => JSON.stringify({ method, params, id });

const PROTOCOL: SocketProtocol = {
  url: URL,
  controls: CONTROLS,
  subscribe: (params, id) => request('SUBSCRIBE', params, id),
  unsubscribe: (params, id) => request('UNSUBSCRIBE', params, id),
  keepAlive: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
};

const paramsOf = (symbol: string): string[] =>
  ['aggTrade', 'markPrice@1s', 'kline_5m', 'forceOrder'].map((name) => `${symbol.toLowerCase()}@${name}`);

/** What the rest of the venue learns from its stream. */
export interface StreamObserver {
  onVenueTime(timeMs: number): void;
  onTiers(symbol: string, tiers: RiskTiers): void;
}

export function openBinanceStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  observer: StreamObserver,
  health: HealthBook,
  random: () => number,
): VenueStream {
  const streamHealth = createStreamHealth('Binance', health, () => SOCKET_STREAMS);

  const received = (stream: StreamName): void => {
    streamHealth.received(stream);
    socket.heard(stream);
  };

  const dispatch = (frame: Frame): void => {
    switch (frame.kind) {
      case 'trade':
        received('trades');
        observer.onVenueTime(frame.trade.timeMs);
        return handlers.onTrade(frame.symbol, frame.trade);
      case 'mark':
        received('mark');
        observer.onVenueTime(frame.mark.timeMs);
        return handlers.onMark(frame.symbol, frame.mark);
      case 'bar':
        received('bars');
        return handlers.onBar(frame.symbol, frame.bar, frame.isClosed, frame.timeMs);
      case 'liquidation':
        health.received('liquidations');
        return handlers.onLiquidation(frame.symbol, frame.liquidation);
      case 'tiers':
        observer.onTiers(frame.symbol, frame.tiers);
        return handlers.onTiersChanged(frame.symbol);
      case 'broken':
        return streamHealth.broken(frame.stream, frame.detail);
      case 'other':
        return undefined;
    }
  };

  const socket = createSocket(
    environment,
    PROTOCOL,
    {
      onMessage: (text) => dispatch(parseFrame(text)),
      onStatus: streamHealth.onStatus,
      onReconnect: () => handlers.onReconnect(),
    },
    random,
  );

  return {
    follow: (symbols) => socket.want(symbols.length === 0 ? [] : [...symbols.flatMap(paramsOf), '!contractInfo']),
    retry: () => socket.retry(),
    close: () => socket.close(),
  };
}
