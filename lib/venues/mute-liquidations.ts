import type { SocketStatus } from './reconnecting-socket';
import type { StreamHandlers } from './venue';

/** Where each contract's liquidations are a subscription of their own: those of one that the venue forgot do not come either. */
export function createMuteLiquidations(
  handlers: Pick<StreamHandlers, 'onLiquidationsRefused' | 'onLiquidationsAccepted'>,
  hasOwn: () => boolean,
): (status: SocketStatus) => void {
  let missing: readonly string[] = [];
  return (status) => {
    // A new connection asks for all of them.
    if (status.kind === 'connecting' || status.kind === 'idle') missing = [];
    if (status.kind !== 'mute') return;
    const before = missing;
    missing = hasOwn() ? status.symbols : [];
    for (const symbol of missing) if (!before.includes(symbol)) handlers.onLiquidationsRefused(symbol);
    for (const symbol of before) if (!missing.includes(symbol)) handlers.onLiquidationsAccepted(symbol);
  };
}
