import type { ContractId, VenueId } from './contract';

export interface VenueFacts {
  /** How much of what is liquidated its public stream tells: `sampled` leaves out all but one a second of a contract. */
  readonly liquidationFeed: 'complete' | 'sampled' | 'none';
  /**
   * Of which closed bars it can be asked how much of their volume takers bought: of those of a month, of those of the last days, of none.
   */
  readonly takerSplit: 'month' | 'days' | 'none';
}

/** As they are written in text; apart from the facts, which a chart has no use for. */
const VENUE_NAMES: Readonly<Record<VenueId, string>> = {
  binance: 'Binance',
  'binance-coin': 'Binance COIN-M',
  bybit: 'Bybit',
  gate: 'Gate',
  hyperliquid: 'Hyperliquid',
  okx: 'OKX',
  bitget: 'Bitget',
};

/** What the product says of each venue that has nothing to do with how it is asked. */
export const VENUE_FACTS: Readonly<Record<VenueId, VenueFacts>> = {
  binance: { liquidationFeed: 'sampled', takerSplit: 'month' },
  'binance-coin': { liquidationFeed: 'sampled', takerSplit: 'month' },
  bybit: { liquidationFeed: 'complete', takerSplit: 'none' },
  gate: { liquidationFeed: 'complete', takerSplit: 'month' },
  hyperliquid: { liquidationFeed: 'none', takerSplit: 'none' },
  okx: { liquidationFeed: 'sampled', takerSplit: 'days' },
  // How much it tells is not documented.
  bitget: { liquidationFeed: 'sampled', takerSplit: 'days' },
};

/** The key of a contract of a venue that the product knows; some venues list contracts under names that are not Latin. */
export function isContractId(value: unknown): value is ContractId {
  const [venueId, symbol] = typeof value === 'string' ? (/^([a-z-]+):(\S{1,60})$/.exec(value)?.slice(1) ?? []) : [];
  return symbol !== undefined && venueId in VENUE_FACTS;
}

/** As the venue writes itself; the same in every language. */
export const venueName = (venueId: VenueId): string => VENUE_NAMES[venueId];
