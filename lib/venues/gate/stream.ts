import { SECOND_MS } from '@/lib/core/time';
import type { StreamName } from '@/lib/market/health';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { SocketProtocol } from '@/lib/venues/connection';
import type { HealthBook } from '@/lib/venues/health-book';
import { createMuteLiquidations } from '@/lib/venues/mute-liquidations';
import { STATE_OF_ERROR } from '@/lib/venues/request-health';
import { createSocket } from '@/lib/venues/socket';
import { createFrameTeller } from '@/lib/venues/stream-frames';
import { createStreamHealth, PONG } from '@/lib/venues/stream-health';
import { sourceByTopic } from '@/lib/venues/subscription-watch';
import type { VenueStream, StreamHandlers, VenueEnvironment } from '@/lib/venues/venue';

import type { ContractSizes } from './contract-sizes';
import { parseMessage, type Frame } from './frames';

const URL = 'wss://fx-ws.gateio.ws/v4/ws/usdt';
/** A market without a single liquidation for days is normal, so their silence says nothing. */
const CONTROLS: readonly StreamName[] = ['trades', 'mark', 'bars'];
const SIZES_RETRY_MS = 30 * SECOND_MS;

/** A subscription: `futures.trades BTC_USDT`. */
const paramOf = (channel: string, contract: string): string => `futures.${channel} ${contract}`;

const CANDLES = 'futures.candlesticks';
const LIQUIDATIONS = 'futures.public_liquidates';

/** Candles are asked for one contract at a time, everything else for many. */
const groupOf = (param: string): string => (param.startsWith(CANDLES) ? param : param.split(' ')[0]);

/** What the rest of the venue learns from its stream. */
interface StreamObserver {
  onVenueTime(timeMs: number): void;
  onTiers(symbol: string, tiers: RiskTiers): void;
}

/**
 * One socket; `sizes` must be known before a frame can be told, so it asks for them. `random` in [0, 1) spreads
 * reconnects.
 */
export function openGateStream(
  environment: VenueEnvironment,
  handlers: StreamHandlers,
  observer: StreamObserver,
  health: HealthBook,
  sizes: ContractSizes,
  random: () => number,
): VenueStream {
  let followed: readonly string[] = [];
  let liquidated: ReadonlySet<string> = new Set();
  let cancelRetry = () => {};
  let isWaiting = false;

  const carried = (): readonly StreamName[] => (followed.length > 0 ? [...CONTROLS, 'liquidations'] : ['liquidations']);
  const streamHealth = createStreamHealth('Gate', health, carried);

  const request = (event: string, params: readonly string[]): string => {
    const channel = params[0].split(' ')[0];
    const contracts = params.map((param) => param.split(' ')[1]);
    const payload = channel === CANDLES ? ['5m', ...contracts] : contracts;
    return JSON.stringify({ time: Math.floor(environment.now() / SECOND_MS), channel, event, payload });
  };
  const protocol: SocketProtocol = {
    url: URL,
    get controls() {
      return followed.length > 0 ? CONTROLS : [PONG];
    },
    groupOf,
    sourceOf: sourceByTopic({ 'futures.trades': 'trades', 'futures.tickers': 'mark', [CANDLES]: 'bars' }),
    subscribe: (params) => request('subscribe', params),
    unsubscribe: (params) => request('unsubscribe', params),
    keepAlive: () => JSON.stringify({ time: Math.floor(environment.now() / SECOND_MS), channel: 'futures.ping' }),
  };

  const { tell } = createFrameTeller({
    streamHealth,
    socket: () => socket,
    handlers,
    onVenueTime: (timeMs) => observer.onVenueTime(timeMs),
    isWanted: (symbol) => liquidated.has(symbol) || followed.includes(symbol),
    unnamed: LIQUIDATIONS,
  });

  const dispatch = (frame: Frame): void => {
    if (frame.kind !== 'tiers') return tell(frame);
    if (!followed.includes(frame.symbol)) return;
    observer.onTiers(frame.symbol, { tiers: frame.tiers, source: 'venue', asOfMs: frame.timeMs });
    if (frame.isChange) handlers.onTiersChanged(frame.symbol);
  };

  const onMute = createMuteLiquidations(handlers, () => liquidated.size === 0);
  const socket = createSocket(
    environment,
    protocol,
    {
      onMessage: (text) => parseMessage(text, sizes.known()).forEach(dispatch),
      onStatus(status) {
        onMute(status);
        streamHealth.onStatus(status);
      },
      onReconnect: () => handlers.onReconnect(),
    },
    random,
  );

  const params = (): string[] => [
    ...followed.flatMap((symbol) => ['trades', 'tickers', 'candlesticks'].map((channel) => paramOf(channel, symbol))),
    ...(liquidated.size > 0 ? ['!all'] : followed).map((contract) => paramOf('public_liquidates', contract)),
    ...followed.map((symbol) => paramOf('contract_info', symbol)),
  ];

  /** Nothing that is pushed can be told in base units before the contracts' sizes are known. */
  const apply = async (): Promise<void> => {
    cancelRetry();
    isWaiting = false;
    if (params().length === 0) return socket.want([]);
    for (const stream of carried()) if (health.stateOf(stream) === 'idle') health.set(stream, 'connecting');
    const known = await sizes.read();
    if (known.ok) return socket.want(params());
    if (params().length === 0 || known.error.kind === 'aborted') return undefined;
    for (const stream of carried())
      health.set(stream, STATE_OF_ERROR[known.error.kind], known.error.message, environment.now() + SIZES_RETRY_MS);
    // Another that failed at the same time has set one already.
    cancelRetry();
    isWaiting = true;
    cancelRetry = environment.setTimer(() => void apply(), SIZES_RETRY_MS);
    return undefined;
  };

  return {
    follow(symbols) {
      // What is followed from now on has not been silent until now.
      if (followed.length === 0) for (const control of CONTROLS) socket.heard(control);
      followed = symbols;
      if (followed.length === 0) for (const control of CONTROLS) health.set(control, 'idle');
      void apply();
    },
    followLiquidations(symbols) {
      liquidated = new Set(symbols);
      void apply();
    },
    retry() {
      if (isWaiting) void apply();
      socket.retry();
    },
    close() {
      socket.close();
      followed = [];
      liquidated = new Set();
      cancelRetry();
    },
  };
}
