import type { VenueId } from './contract';

export interface VenueFacts {
  /** As it is written in text. */
  readonly name: string;
  /** How much of what is liquidated its public stream tells: `sampled` leaves out all but one a second of a contract. */
  readonly liquidationFeed: 'complete' | 'sampled' | 'none';
}

/** What the product says of each venue that has nothing to do with how it is asked. */
export const VENUE_FACTS: Readonly<Record<VenueId, VenueFacts>> = {
  binance: { name: 'Binance', liquidationFeed: 'sampled' },
  'binance-coin': { name: 'Binance COIN-M', liquidationFeed: 'sampled' },
  bybit: { name: 'Bybit', liquidationFeed: 'complete' },
  gate: { name: 'Gate', liquidationFeed: 'complete' },
  hyperliquid: { name: 'Hyperliquid', liquidationFeed: 'none' },
  okx: { name: 'OKX', liquidationFeed: 'sampled' },
  // How much it tells is not documented.
  bitget: { name: 'Bitget', liquidationFeed: 'sampled' },
};

export const venueName = (venueId: VenueId): string => VENUE_FACTS[venueId].name;
