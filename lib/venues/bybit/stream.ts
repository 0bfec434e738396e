import type { StreamName } from '@/lib/market/health';
import type { HealthBook } from '@/lib/venues/health-book';
import { createMuteLiquidations } from '@/lib/venues/mute-liquidations';
import type { ReconnectingSocket, SocketStatus } from '@/lib/venues/reconnecting-socket';
import { createSocket } from '@/lib/venues/socket';
import { createStreamHealth, PONG } from '@/lib/venues/stream-health';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import { CATEGORIES, categoryOf, type Category } from './category';
import { parseFrame, STREAM_OF_TOPIC, type Frame, type TickerChange } from './frames';

/** A market without a single liquidation for days is normal, so their silence says nothing. */
const CONTROLS: readonly StreamName[] = ['trades', 'mark', 'bars'];
const ALL_STREAMS: readonly StreamName[] = [...CONTROLS, 'liquidations'];

const request = (op: string, args: readonly string[], id: number) => JSON.stringify({ op, args, req_id: String(id) });

const topicsOf = (symbol: string): string[] => [`publicTrade.${symbol}`, `tickers.${symbol}`, `kline.5.${symbol}`];
const streamOf = (topic: string): StreamName => STREAM_OF_TOPIC[topic.slice(0, topic.indexOf('.'))];
const symbolOf = (topic: string): string => topic.slice(topic.lastIndexOf('.') + 1);
const liquidationTopicOf = (symbol: string): string => `allLiquidation.${symbol}`;

type SocketOfCategory = ReconnectingSocket & {
  follow(symbols: readonly string[], liquidationSymbols: readonly string[]): void;
};

/** One category's socket: linear and inverse contracts do not share one. */
function openSocket(
  category: Category,
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  onVenueTime: (timeMs: number) => void,
  health: HealthBook,
  random: () => number,
): SocketOfCategory {
  const marks = new Map<string, TickerChange>();
  let followed: ReadonlySet<string> = new Set();
  let isFollowing = false;
  const streamHealth = createStreamHealth('Bybit', health, () => (isFollowing ? ALL_STREAMS : ['liquidations']));

  const received = (stream: StreamName, { symbol, timeMs }: { symbol: string; timeMs: number }): void => {
    streamHealth.received(stream);
    socket.heard(stream, symbol);
    onVenueTime(timeMs);
  };
  /** Deltas leave out what has not changed. */
  const mergeTicker = ({ symbol, change, isSnapshot, timeMs }: Extract<Frame, { kind: 'ticker' }>): void => {
    if (!followed.has(symbol)) return;
    const before = isSnapshot ? undefined : marks.get(symbol);
    const markPrice = change.markPrice ?? before?.markPrice ?? null;
    const fundingRate = change.fundingRate ?? before?.fundingRate ?? null;
    const nextFundingTimeMs = change.nextFundingTimeMs ?? before?.nextFundingTimeMs ?? null;
    marks.set(symbol, { markPrice, fundingRate, nextFundingTimeMs });
    if (change.markPrice === null || fundingRate === null || nextFundingTimeMs === null) return;
    handlers.onMark(symbol, { timeMs, markPrice: change.markPrice, fundingRate, nextFundingTimeMs });
  };
  const refuse = (topic: string, detail: string, retryAtMs: number | null): void => {
    const stream = streamOf(topic);
    if (stream !== 'liquidations') return streamHealth.refused(stream, detail, retryAtMs);
    streamHealth.refusedOne(stream, topic);
    handlers.onLiquidationsRefused(symbolOf(topic));
  };
  const onMute = createMuteLiquidations(handlers, () => true);
  const onStatus = (status: SocketStatus): void => {
    onMute(status);
    streamHealth.onStatus(status);
    if (status.kind !== 'accepted') return;
    for (const topic of status.params)
      if (streamOf(topic) === 'liquidations') handlers.onLiquidationsAccepted(symbolOf(topic));
  };
  const dispatch = (frame: Frame): void => {
    switch (frame.kind) {
      case 'trades':
        received('trades', frame);
        for (const trade of frame.trades) handlers.onTrade(frame.symbol, trade);
        return undefined;
      case 'ticker':
        received('mark', frame);
        return mergeTicker(frame);
      case 'bars':
        received('bars', frame);
        for (const { bar, isClosed } of frame.bars) handlers.onBar(frame.symbol, bar, isClosed, frame.timeMs);
        return undefined;
      case 'liquidations':
        streamHealth.received('liquidations');
        for (const liquidation of frame.liquidations) handlers.onLiquidation(frame.symbol, liquidation);
        return undefined;
      case 'answer':
        // Where trades are followed, only these show that the connection delivers.
        if (!isFollowing) streamHealth.alive();
        return socket.heard(PONG);
      case 'refused': {
        const { params, retryAtMs } = socket.refused(frame.requestId);
        for (const topic of params) refuse(topic, frame.detail, retryAtMs);
        return undefined;
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
      url: `wss://stream.bybit.com/v5/public/${category}`,
      get controls() {
        return isFollowing ? CONTROLS : [PONG];
      },
      sourceOf: (topic) => ({ stream: streamOf(topic), symbol: symbolOf(topic) }),
      subscribe: (args, id) => request('subscribe', args, id),
      unsubscribe: (args, id) => request('unsubscribe', args, id),
      keepAlive: (id) => JSON.stringify({ op: 'ping', req_id: String(id) }),
    },
    {
      onMessage: (text) => dispatch(parseFrame(text)),
      onStatus,
      onReconnect: () => handlers.onReconnect(),
    },
    random,
  );
  return {
    ...socket,
    follow(symbols, liquidationSymbols) {
      const wasFollowing = isFollowing;
      followed = new Set(symbols);
      isFollowing = symbols.length > 0;
      const liquidations = new Set([...symbols, ...liquidationSymbols]);
      socket.want([...symbols.flatMap(topicsOf), ...[...liquidations].map(liquidationTopicOf)]);
      // On a connection that is there already, the new streams are as good as heard until they had their time.
      if (isFollowing && !wasFollowing) for (const control of CONTROLS) socket.heard(control);
      if (!isFollowing && wasFollowing) for (const stream of CONTROLS) health.set(stream, 'idle');
    },
  };
}

/** A socket for each category. `random` in [0, 1) spreads reconnects. */
export function openBybitStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  onVenueTime: (timeMs: number) => void,
  healthOf: Readonly<Record<Category, HealthBook>>,
  random: () => number,
): VenueStream {
  const sockets = CATEGORIES.map((category) => ({
    category,
    socket: openSocket(category, environment, handlers, onVenueTime, healthOf[category], random),
  }));
  let followed: readonly string[] = [];
  let liquidationsFollowed: readonly string[] = [];
  const apply = (): void => {
    for (const { category, socket } of sockets) {
      const isOurs = (symbol: string): boolean => categoryOf(symbol) === category;
      socket.follow(followed.filter(isOurs), liquidationsFollowed.filter(isOurs));
    }
  };
  return {
    follow(symbols) {
      followed = symbols;
      apply();
    },
    followLiquidations(symbols) {
      liquidationsFollowed = symbols;
      apply();
    },
    retry() {
      for (const { socket } of sockets) socket.retry();
    },
    close() {
      for (const { socket } of sockets) socket.close();
    },
  };
}
