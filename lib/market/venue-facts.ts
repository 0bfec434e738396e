import type { VenueId } from './contract';

export interface VenueFacts {
  /** As it is written in text. */
  readonly name: string;
  /** How much of what is liquidated its public stream tells: `sampled` leaves out all but one a second of a contract. */
  readonly liquidationFeed: 'complete' | 'sampled' | 'none';
  /**
   * Of which closed bars it can be asked how much of their volume takers bought: of those of a month, of those of the last days, of none.
   */
  readonly takerSplit: 'month' | 'days' | 'none';
}

/** What the product says of each venue that has nothing to do with how it is asked. */
export const VENUE_FACTS: Readonly<Record<VenueId, VenueFacts>> = {
  binance: { name: 'Binance', liquidationFeed: 'sampled', takerSplit: 'month' },
  'binance-coin': { name: 'Binance COIN-M', liquidationFeed: 'sampled', takerSplit: 'month' },
  bybit: { name: 'Bybit', liquidationFeed: 'complete', takerSplit: 'none' },
  gate: { name: 'Gate', liquidationFeed: 'complete', takerSplit: 'month' },
  hyperliquid: { name: 'Hyperliquid', liquidationFeed: 'none', takerSplit: 'none' },
  okx: { name: 'OKX', liquidationFeed: 'sampled', takerSplit: 'days' },
  // How much it tells is not documented.
  bitget: { name: 'Bitget', liquidationFeed: 'sampled', takerSplit: 'days' },
};

export const venueName = (venueId: VenueId): string => VENUE_FACTS[venueId].name;
