import { STREAM_NAMES, type HealthState, type StreamName } from '@/lib/market/health';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { HealthBook } from '@/lib/venues/health-book';
import { createSocket, type SocketProtocol, type SocketStatus } from '@/lib/venues/socket';
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
  let lastBroken = '';

  const received = (stream: StreamName): void => {
    health.received(stream);
    socket.heard(stream);
    // Nothing to hear from it, but on the same connection: it is being recorded while trades arrive.
    if (stream === 'trades' && health.stateOf('liquidations') !== 'live') health.set('liquidations', 'live');
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
        lastBroken = frame.detail;
        return health.broken(frame.stream);
      case 'other':
        return undefined;
    }
  };

  const setAll = (state: HealthState, detail = '', retryAtMs: number | null = null): void => {
    for (const stream of SOCKET_STREAMS) health.set(stream, state, detail, retryAtMs);
  };

  const onStatus = (status: SocketStatus): void => {
    switch (status.kind) {
      case 'idle':
        return setAll('idle');
      case 'connecting':
        // A silent stream is called so until it speaks.
        for (const stream of SOCKET_STREAMS) if (health.stateOf(stream) !== 'silent') health.set(stream, 'connecting');
        return undefined;
      case 'lost':
        return setAll('down', 'The connection to Binance was lost.', status.retryAtMs);
      case 'silent': {
        const reason = lastBroken === '' ? 'nothing arrives' : `what arrives cannot be read (${lastBroken})`;
        lastBroken = '';
        setAll('connecting', 'Connecting anew because another stream fell silent.', status.retryAtMs);
        for (const stream of STREAM_NAMES)
          if (status.controls.includes(stream) || (stream === 'liquidations' && status.controls.includes('trades')))
            health.set(stream, 'silent', `Connected to Binance, but ${reason}.`, status.retryAtMs);
      }
    }
  };

  const socket = createSocket(
    environment,
    PROTOCOL,
    { onMessage: (text) => dispatch(parseFrame(text)), onStatus, onReconnect: () => handlers.onReconnect() },
    random,
  );

  return {
    follow: (symbols) => socket.want(symbols.length === 0 ? [] : [...symbols.flatMap(paramsOf), '!contractInfo']),
    retry: () => socket.retry(),
    close: () => socket.close(),
  };
}
