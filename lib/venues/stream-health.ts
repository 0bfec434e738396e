import { cause } from '@/lib/core/cause';
import { type HealthState, isTrouble, type StreamName } from '@/lib/market/health';

import type { HealthBook } from './health-book';
import type { SocketStatus } from './reconnecting-socket';

/** Turns what a socket says and delivers into the health of the streams that it carries. */
export interface StreamHealthKeeper {
  /** Good data came. */
  received(stream: StreamName): void;
  /** The connection answers. */
  alive(): void;
  /** A frame could not be read. */
  broken(stream: StreamName, detail: string): void;
  /**
   * The venue refused a subscription of the stream: it is down until the venue takes it or the next connection, whatever else is
   * delivered. Where it is not known of which (null), it is the one whose silence would tell nothing.
   */
  refused(stream: StreamName | null, detail: string, retryAtMs: number | null): void;
  /** The same of a single contract of many: the others' stream goes on. */
  refusedOne(stream: StreamName, detail: string): void;
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
  const refusals = new Set<StreamName>();
  /** Of streams that go on: what they lack. */
  const lacking = new Map<StreamName, string>();
  /** Of which contracts no mark comes. */
  let mute = '';
  const lackOf = (stream: StreamName): string => lacking.get(stream) ?? (stream === 'mark' ? mute : '');

  const setAll = (state: HealthState, detail = '', retryAtMs: number | null = null): void => {
    for (const stream of carried()) health.set(stream, state, detail, retryAtMs);
  };

  /** A trouble is told until data come, not until the next try. */
  const seek = (detail = '', retryAtMs: number | null = null): void => {
    for (const stream of carried())
      if (!isTrouble(health.stateOf(stream))) health.set(stream, 'connecting', detail, retryAtMs);
  };

  const alive = (): void => {
    if (
      !refusals.has('liquidations') &&
      carried().includes('liquidations') &&
      health.stateOf('liquidations') !== 'live'
    )
      health.set('liquidations', 'live', lacking.get('liquidations'));
  };

  const accept = (): void => {
    const [wereDown, lacked] = [[...refusals], [...lacking.keys()]];
    refusals.clear();
    lacking.clear();
    for (const stream of wereDown) if (carried().includes(stream)) health.set(stream, 'connecting');
    for (const stream of lacked) health.set(stream, health.stateOf(stream));
  };

  return {
    alive,
    received(stream) {
      if (!refusals.has(stream)) health.received(stream);
      const lack = lackOf(stream);
      if (lack !== '' && health.stateOf(stream) === 'live') health.set(stream, 'live', lack);
      if (stream === 'trades') alive();
    },
    broken(stream, detail) {
      lastBroken = detail;
      health.broken(stream);
    },
    refused(stream, detail, retryAtMs) {
      const refused = stream ?? 'liquidations';
      health.broken(refused);
      if (!carried().includes(refused)) return;
      refusals.add(refused);
      health.set(refused, 'down', cause('refused', { venue: name, reason: detail }), retryAtMs);
    },
    refusedOne(stream, detail) {
      health.broken(stream);
      lacking.set(stream, cause('refusedOne', { venue: name, topic: detail }));
      health.set(stream, health.stateOf(stream), lacking.get(stream));
    },
    onStatus(status) {
      if (status.kind === 'connecting' || status.kind === 'idle') {
        refusals.clear();
        lacking.clear();
        mute = '';
      }
      switch (status.kind) {
        case 'accepted':
          return status.isAll ? accept() : undefined;
        case 'mute':
          mute =
            status.symbols.length === 0 ? '' : cause('silent', { venue: `${name} (${status.symbols.join(', ')})` });
          return health.set('mark', health.stateOf('mark'), mute);
        case 'idle':
          return setAll('idle');
        case 'connecting':
          return seek();
        case 'lost':
          return setAll('down', cause('lost', { venue: name }), status.retryAtMs);
        case 'silent': {
          const why =
            lastBroken === ''
              ? cause('silent', { venue: name })
              : cause('garbled', { venue: name, reason: lastBroken });
          lastBroken = '';
          seek(cause('anew'), status.retryAtMs);
          const isMute = status.controls.includes('trades') || status.controls.includes(PONG);
          for (const stream of carried())
            if (status.controls.includes(stream) || (stream === 'liquidations' && isMute))
              health.set(stream, 'silent', why, status.retryAtMs);
        }
      }
    },
  };
}
