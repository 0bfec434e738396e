import type { StreamName } from '@/lib/market/health';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { SocketProtocol } from '@/lib/venues/connection';
import type { HealthBook } from '@/lib/venues/health-book';
import { createMuteLiquidations } from '@/lib/venues/mute-liquidations';
import type { SocketStatus } from '@/lib/venues/reconnecting-socket';
import { createSocket } from '@/lib/venues/socket';
import { createStreamHealth } from '@/lib/venues/stream-health';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import { parseFrame, streamOfParam, type Frame } from './frames';
import type { BinanceProduct } from './product';

const CONTRACT_STREAMS: readonly StreamName[] = ['trades', 'mark', 'bars'];
const SOCKET_STREAMS: readonly StreamName[] = [...CONTRACT_STREAMS, 'liquidations'];
/** Liquidations of all contracts of both markets, one a second each like those of one contract. */
const ALL_LIQUIDATIONS = '!forceOrder@arr';
const BRACKET_CHANGES = '!contractInfo';

const request = (method: string, params: readonly string[], id: number) => JSON.stringify({ method, params, id });

const nameOf = (symbol: string, stream: string): string => `${symbol.toLowerCase()}@${stream}`;
const MARK = 'markPrice@1s';

/** What the rest of the venue learns from its stream, and tells it. */
export interface StreamObserver {
  onVenueTime(timeMs: number): void;
  onTiers(symbol: string, tiers: RiskTiers): void;
  /** Worth of one contract in its unit. */
  readonly sizeOf: (symbol: string) => number;
}

/** One socket for a product: docs/venues.md has its streams. `random` in [0, 1) spreads reconnects. */
export function openBinanceStream(
  { name, stream }: Pick<BinanceProduct, 'name' | 'stream'>,
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  observer: StreamObserver,
  health: HealthBook,
  random: () => number,
): VenueStream {
  const reading = { foreignSubtype: stream.foreignSubtype, sizeOf: observer.sizeOf };
  let followed: ReadonlySet<string> = new Set();
  let followedLiquidations: ReadonlySet<string> = new Set();
  const carried = (): readonly StreamName[] => (followed.size > 0 ? SOCKET_STREAMS : ['liquidations']);
  const streamHealth = createStreamHealth(name, health, carried);

  const received = (control: StreamName, symbol: string): void => {
    socket.heard(control, symbol);
    // Where only liquidations are followed, the heartbeat shows that they are being recorded.
    if (followed.size > 0) streamHealth.received(control);
    else streamHealth.alive();
  };

  const dispatch = (frame: Frame): void => {
    switch (frame.kind) {
      case 'trade':
        received('trades', frame.symbol);
        observer.onVenueTime(frame.trade.timeMs);
        return handlers.onTrade(frame.symbol, frame.trade);
      case 'mark':
        received('mark', frame.symbol);
        observer.onVenueTime(frame.mark.timeMs);
        return followed.has(frame.symbol) ? handlers.onMark(frame.symbol, frame.mark) : undefined;
      case 'bar':
        received('bars', frame.symbol);
        return handlers.onBar(frame.symbol, frame.bar, frame.isClosed, frame.timeMs);
      case 'liquidation':
        if (!followed.has(frame.symbol) && !followedLiquidations.has(frame.symbol)) return undefined;
        health.received('liquidations');
        return handlers.onLiquidation(frame.symbol, frame.liquidation);
      case 'tiers':
        if (!followed.has(frame.symbol)) return undefined;
        observer.onTiers(frame.symbol, frame.tiers);
        return handlers.onTiersChanged(frame.symbol);
      case 'broken':
        return streamHealth.broken(frame.stream, frame.detail);
      case 'refused': {
        const { params, retryAtMs } = socket.refused(frame.requestId);
        for (const param of params) {
          const refused = streamOfParam(param);
          if (refused !== null) streamHealth.refused(refused, frame.detail, retryAtMs);
        }
        return undefined;
      }
      case 'other':
        return undefined;
    }
  };

  const protocol: SocketProtocol = {
    url: stream.url,
    ...(stream.fallbackUrl !== undefined && { fallbackUrl: stream.fallbackUrl }),
    get controls() {
      return followed.size > 0 ? stream.controls : ['mark'];
    },
    sourceOf(param) {
      const [symbol] = param.split('@');
      const source = streamOfParam(param);
      return symbol.startsWith('!') || source === null ? null : { stream: source, symbol: symbol.toUpperCase() };
    },
    subscribe: (params, id) => request('SUBSCRIBE', params, id),
    unsubscribe: (params, id) => request('UNSUBSCRIBE', params, id),
    keepAlive: (id) => JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', id }),
  };

  const onMute = createMuteLiquidations(handlers, () => followedLiquidations.size === 0);
  const onStatus = (status: SocketStatus): void => {
    onMute(status);
    // Where one stream's silence is judged for all, all of them are silent.
    const isOfAll = status.kind === 'silent' && protocol.controls.length === 1;
    streamHealth.onStatus(isOfAll ? { ...status, controls: SOCKET_STREAMS } : status);
  };

  const socket = createSocket(
    environment,
    protocol,
    {
      onMessage: (text) => dispatch(parseFrame(text, reading)),
      onStatus,
      onReconnect: () => handlers.onReconnect(),
    },
    random,
  );

  const subscribe = (): void => {
    const isMarketWide = followedLiquidations.size > 0;
    const streams = ['aggTrade', MARK, 'kline_5m', ...(isMarketWide ? [] : ['forceOrder'])];
    const params = [...followed].flatMap((symbol) => streams.map((each) => nameOf(symbol, each)));
    if (isMarketWide) params.push(ALL_LIQUIDATIONS);
    if (followed.size > 0) params.push(BRACKET_CHANGES);
    else if (isMarketWide) params.push(nameOf(stream.heartbeat, MARK));
    socket.want(params);
  };

  return {
    follow(symbols) {
      followed = new Set(symbols);
      subscribe();
      if (followed.size === 0) for (const each of CONTRACT_STREAMS) health.set(each, 'idle');
    },
    followLiquidations(symbols) {
      followedLiquidations = new Set(symbols);
      subscribe();
    },
    retry: () => socket.retry(),
    close: () => socket.close(),
  };
}
