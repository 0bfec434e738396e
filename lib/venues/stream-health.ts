import type { HealthState, StreamName } from '@/lib/market/health';

import type { HealthBook } from './health-book';
import type { SocketStatus } from './socket';

/** Turns what a socket says and delivers into the health of the streams that it carries. */
export interface StreamHealthKeeper {
  /** Good data came. */
  received(stream: StreamName): void;
  /** The connection answers. */
  alive(): void;
  /** A frame could not be read. */
  broken(stream: StreamName, detail: string): void;
  readonly onStatus: (status: SocketStatus) => void;
}

/** The control of a socket that carries nothing but what may be silent for days: the answers to its keep-alives. */
export const PONG = 'pong';

/**
 * `carried` are the streams that the socket carries at present. Nothing may come from `liquidations` for days: they
 * are being recorded while the same connection delivers trades or answers.
 */
export function createStreamHealth(
  name: string,
  health: HealthBook,
  carried: () => readonly StreamName[],
): StreamHealthKeeper {
  let lastBroken = '';

  const setAll = (state: HealthState, detail = '', retryAtMs: number | null = null): void => {
    for (const stream of carried()) health.set(stream, state, detail, retryAtMs);
  };

  const alive = (): void => {
    if (carried().includes('liquidations') && health.stateOf('liquidations') !== 'live')
      health.set('liquidations', 'live');
  };

  return {
    alive,
    received(stream) {
      health.received(stream);
      if (stream === 'trades') alive();
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
          for (const stream of carried()) if (health.stateOf(stream) !== 'silent') health.set(stream, 'connecting');
          return undefined;
        case 'lost':
          return setAll('down', `The connection to ${name} was lost.`, status.retryAtMs);
        case 'silent': {
          const reason = lastBroken === '' ? 'nothing arrives' : `what arrives cannot be read (${lastBroken})`;
          lastBroken = '';
          setAll('connecting', 'Connecting anew because another stream fell silent.', status.retryAtMs);
          const isMute = status.controls.includes('trades') || status.controls.includes(PONG);
          for (const stream of carried())
            if (status.controls.includes(stream) || (stream === 'liquidations' && isMute))
              health.set(stream, 'silent', `Connected to ${name}, but ${reason}.`, status.retryAtMs);
        }
      }
    },
  };
}
