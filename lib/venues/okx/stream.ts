import { SECOND_MS } from '@/lib/core/time';
import type { StreamName } from '@/lib/market/health';
import type { BarClock } from '@/lib/venues/bar-clock';
import type { SocketProtocol } from '@/lib/venues/connection';
import type { HealthBook } from '@/lib/venues/health-book';
import { isNamed } from '@/lib/venues/refusals';
import { STATE_OF_ERROR } from '@/lib/venues/request-health';
import { createSocket } from '@/lib/venues/socket';
import { createStreamHealth, PONG } from '@/lib/venues/stream-health';
import { sourceByTopic } from '@/lib/venues/subscription-watch';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import type { ContractUnits } from './contract-units';
import { parseFrames, type Frame } from './frames';

const PUBLIC_STREAMS: readonly StreamName[] = ['trades', 'mark', 'liquidations'];
const LIQUIDATIONS_ALONE: readonly StreamName[] = ['liquidations'];
const BUSINESS_STREAMS: readonly StreamName[] = ['bars'];
const CONTRACT_CONTROLS: readonly StreamName[] = ['trades', 'mark'];
/** One channel for every swap there is; it takes no contract's name. */
const LIQUIDATIONS = 'liquidation-orders SWAP';
/** Without the contracts' sizes nothing can be read: how soon they are asked for again. */
const UNITS_RETRY_MS = 15 * SECOND_MS;

const request = (op: string, params: readonly string[]) =>
  JSON.stringify({
    op,
    args: params.map((param) => {
      const [channel, name] = param.split(' ');
      return param === LIQUIDATIONS ? { channel, instType: name } : { channel, instId: name };
    }),
  });

const PROTOCOL: Omit<SocketProtocol, 'url' | 'controls'> = {
  sourceOf: sourceByTopic({ trades: 'trades', 'mark-price': 'mark', candle5m: 'bars' }),
  subscribe: (params) => request('subscribe', params),
  unsubscribe: (params) => request('unsubscribe', params),
  // The venue cuts a connection that is quiet for 30 s.
  keepAlive: () => 'ping',
};

/**
 * Two connections: candles live on `/business`, all else on `/public`. Each stream's health is that of the connection
 * which carries it.
 */
export function openOkxStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  units: ContractUnits,
  clock: BarClock,
  health: HealthBook,
  random: () => number,
): VenueStream {
  const publicHealth = createStreamHealth('OKX', health, () =>
    followed.size > 0 ? PUBLIC_STREAMS : LIQUIDATIONS_ALONE,
  );
  const businessHealth = createStreamHealth('OKX', health, () => BUSINESS_STREAMS);
  const funding = new Map<string, { readonly rate: number; readonly nextTimeMs: number }>();
  let followed = new Set<string>();
  let watched = new Set<string>();
  let cancelRetry = () => {};

  const received = (stream: 'trades' | 'mark', symbol: string): void => {
    publicHealth.received(stream);
    publicSocket.heard(stream, symbol);
  };

  const dispatch = (frame: Frame): void => {
    switch (frame.kind) {
      case 'trade':
        received('trades', frame.symbol);
        clock.observe(frame.trade.timeMs);
        return handlers.onTrade(frame.symbol, frame.trade);
      case 'mark': {
        received('mark', frame.symbol);
        clock.observe(frame.timeMs);
        const { timeMs, markPrice } = frame;
        const { rate: fundingRate, nextTimeMs: nextFundingTimeMs } = funding.get(frame.symbol) ?? NO_FUNDING;
        return handlers.onMark(frame.symbol, { timeMs, markPrice, fundingRate, nextFundingTimeMs });
      }
      case 'funding':
        if (followed.has(frame.symbol)) funding.set(frame.symbol, frame);
        return undefined;
      case 'bar':
        businessHealth.received('bars');
        businessSocket.heard('bars', frame.symbol);
        // It has no time of its own, and has begun at least.
        return handlers.onBar(frame.symbol, frame.bar, frame.isClosed, Math.max(clock.now(), frame.bar.openTimeMs));
      case 'liquidation':
        publicHealth.received('liquidations');
        if (followed.has(frame.symbol) || watched.has(frame.symbol))
          handlers.onLiquidation(frame.symbol, frame.liquidation);
        return undefined;
      case 'refused': {
        const [socket, socketHealth] =
          frame.stream === 'bars' ? [businessSocket, businessHealth] : [publicSocket, publicHealth];
        const { retryAtMs } = socket.refusedWhere(isNamed(frame.subscription ?? LIQUIDATIONS));
        return socketHealth.refused(frame.stream, frame.detail, retryAtMs);
      }
      case 'broken':
        return (frame.stream === 'bars' ? businessHealth : publicHealth).broken(frame.stream, frame.detail);
      case 'alive':
        publicHealth.alive();
        return publicSocket.heard(PONG);
    }
  };

  const onReconnect = (): void => handlers.onReconnect();
  const publicSocket = createSocket(
    environment,
    {
      ...PROTOCOL,
      url: 'wss://ws.okx.com:8443/ws/v5/public',
      get controls() {
        return followed.size > 0 ? CONTRACT_CONTROLS : [PONG];
      },
    },
    {
      onMessage(text) {
        for (const frame of parseFrames(text, units.of)) dispatch(frame);
      },
      onStatus(status) {
        publicHealth.onStatus(status);
        if (status.kind === 'mute') businessSocket.renew(status.symbols);
      },
      onReconnect,
    },
    random,
  );
  const businessSocket = createSocket(
    environment,
    { ...PROTOCOL, url: 'wss://ws.okx.com:8443/ws/v5/business', controls: BUSINESS_STREAMS },
    {
      onMessage(text) {
        // Its own answers tell nothing of what the other connection carries.
        for (const frame of parseFrames(text, units.of)) if (frame.kind !== 'alive') dispatch(frame);
      },
      onStatus: businessHealth.onStatus,
      onReconnect,
    },
    random,
  );

  const subscribe = (): void => {
    const channels = [...followed].flatMap((symbol) =>
      ['trades', 'mark-price', 'funding-rate'].map((channel) => `${channel} ${symbol}`),
    );
    publicSocket.want(followed.size + watched.size > 0 ? [...channels, LIQUIDATIONS] : []);
    businessSocket.want([...followed].map((symbol) => `candle5m ${symbol}`));
  };

  const carried = (): readonly StreamName[] =>
    followed.size > 0 ? [...PUBLIC_STREAMS, ...BUSINESS_STREAMS] : LIQUIDATIONS_ALONE;

  /** Nothing that is pushed can be told in the contracts' units before their sizes are known. */
  const apply = async (): Promise<void> => {
    cancelRetry();
    cancelRetry = () => {};
    if (followed.size + watched.size === 0) return subscribe();
    for (const stream of carried()) if (health.stateOf(stream) === 'idle') health.set(stream, 'connecting');
    const known = await units.ready();
    if (known.ok) return subscribe();
    if (followed.size + watched.size === 0 || known.error.kind === 'aborted') return undefined;
    const { kind, message } = known.error;
    for (const stream of carried())
      health.set(stream, STATE_OF_ERROR[kind], message, environment.now() + UNITS_RETRY_MS);
    cancelRetry();
    cancelRetry = environment.setTimer(() => void apply(), UNITS_RETRY_MS);
    return undefined;
  };

  return {
    follow(symbols) {
      // Their silence counts from now, not from when the connection was opened for liquidations alone.
      if (followed.size === 0) for (const control of CONTRACT_CONTROLS) publicSocket.heard(control);
      followed = new Set(symbols);
      if (followed.size === 0) for (const control of CONTRACT_CONTROLS) health.set(control, 'idle');
      void apply();
    },
    followLiquidations(symbols) {
      watched = new Set(symbols);
      void apply();
    },
    retry() {
      void apply();
      publicSocket.retry();
      businessSocket.retry();
    },
    close() {
      followed = new Set();
      watched = new Set();
      cancelRetry();
      publicSocket.close();
      businessSocket.close();
    },
  };
}

const NO_FUNDING = { rate: NaN, nextTimeMs: NaN };
