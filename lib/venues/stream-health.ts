import type { HealthState, StreamName } from '@/lib/market/health';

import type { HealthBook } from './health-book';
import type { SocketStatus } from './socket';

/** Turns what a socket says and delivers into the health of the streams that it carries. */
export interface StreamHealthKeeper {
  /** Good data came. */
  received(stream: StreamName): void;
  /** A frame could not be read. */
  broken(stream: StreamName, detail: string): void;
  readonly onStatus: (status: SocketStatus) => void;
}

/**
 * `streams` are those that the socket carries. Nothing may come from `liquidations` for days: carried by the same
 * connection, they are being recorded while trades arrive.
 */
export function createStreamHealth(
  name: string,
  health: HealthBook,
  streams: readonly StreamName[],
): StreamHealthKeeper {
  let lastBroken = '';
  const carriesLiquidations = streams.includes('liquidations');

  const setAll = (state: HealthState, detail = '', retryAtMs: number | null = null): void => {
    for (const stream of streams) health.set(stream, state, detail, retryAtMs);
  };

  return {
    received(stream) {
      health.received(stream);
      if (stream === 'trades' && carriesLiquidations && health.stateOf('liquidations') !== 'live')
        health.set('liquidations', 'live');
    },
    broken(stream, detail) {
      lastBroken = detail;
      health.broken(stream);
    },
    onStatus(status) {
      switch (status.kind) {
        case 'idle':
          return setAll('idle');
        case 'connecting':
          // A silent stream is called so until it speaks.
          for (const stream of streams) if (health.stateOf(stream) !== 'silent') health.set(stream, 'connecting');
          return undefined;
        case 'lost':
          return setAll('down', `The connection to ${name} was lost.`, status.retryAtMs);
        case 'silent': {
          const reason = lastBroken === '' ? 'nothing arrives' : `what arrives cannot be read (${lastBroken})`;
          lastBroken = '';
          setAll('connecting', 'Connecting anew because another stream fell silent.', status.retryAtMs);
          for (const stream of streams)
            if (status.controls.includes(stream) || (stream === 'liquidations' && status.controls.includes('trades')))
              health.set(stream, 'silent', `Connected to ${name}, but ${reason}.`, status.retryAtMs);
        }
      }
    },
  };
}
