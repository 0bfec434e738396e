import type { ServiceEnvironment } from '@/lib/services/environment';
import type { VenueClock } from '@/lib/services/venue/venue-clock';
import type { StreamHandlers } from '@/lib/venues/venue';

import type { LiveMarket } from './live-market';
import type { ObservedAccounts } from './observed-accounts';

export type ContractStreamHandlers = Omit<
  StreamHandlers,
  'onHealth' | 'onLiquidationsRefused' | 'onLiquidationsAccepted'
>;

/** What a venue pushes of one contract, taken in. */
export interface ContractStream {
  readonly handlers: ContractStreamHandlers;
  /** Something was heard of the contract, with the venue's time where it states one. */
  heard(timeMs: number | null): void;
  /** Machine time of the newest data; null before the first. */
  readonly lastDataMs: number | null;
}

export interface ContractStreamOptions {
  readonly live: LiveMarket;
  readonly accounts: ObservedAccounts | null;
  readonly clock: VenueClock;
  readonly environment: ServiceEnvironment;
  /** The venue's time may have passed the end of a bar, or a connection is back. */
  readonly pokeHistory: () => void;
  readonly onHeard: () => void;
  readonly onLiquidation: () => void;
  readonly onTiersChanged: () => void;
}

export function createContractStream(options: ContractStreamOptions): ContractStream {
  const { live, accounts, clock, environment, pokeHistory } = options;
  let lastDataMs: number | null = null;

  const heard = (timeMs: number | null): void => {
    if (timeMs !== null) clock.observe(timeMs);
    lastDataMs = environment.now();
    pokeHistory();
    options.onHeard();
  };

  return {
    handlers: {
      onTrade(_symbol, trade) {
        live.onTrade(trade);
        accounts?.onTrade(trade);
        heard(trade.timeMs);
      },
      onMark(_symbol, mark) {
        live.onMark(mark);
        heard(mark.timeMs);
      },
      onBar(_symbol, bar, _isClosed, timeMs) {
        live.onBar(bar);
        heard(timeMs);
      },
      onLiquidation: options.onLiquidation,
      onTiersChanged: options.onTiersChanged,
      onReconnect: pokeHistory,
    },
    heard,
    get lastDataMs() {
      return lastDataMs;
    },
  };
}
