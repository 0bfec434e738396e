import type { VenueId } from './contract';

export interface VenueFacts {
  /** As it is written in text. */
  readonly name: string;
  /** How much of what is liquidated its public stream tells: `sampled` leaves out all but one a second of a contract. */
  readonly liquidationFeed: 'complete' | 'sampled' | 'none';
  /** Whether its closed bars, which can be asked for again, say how much of their volume takers bought. */
  readonly hasTakerSplit: boolean;
}

/** What the product says of each venue that has nothing to do with how it is asked. */
export const VENUE_FACTS: Readonly<Record<VenueId, VenueFacts>> = {
  binance: { name: 'Binance', liquidationFeed: 'sampled', hasTakerSplit: true },
  'binance-coin': { name: 'Binance COIN-M', liquidationFeed: 'sampled', hasTakerSplit: true },
  bybit: { name: 'Bybit', liquidationFeed: 'complete', hasTakerSplit: false },
  gate: { name: 'Gate', liquidationFeed: 'complete', hasTakerSplit: false },
  hyperliquid: { name: 'Hyperliquid', liquidationFeed: 'none', hasTakerSplit: false },
  okx: { name: 'OKX', liquidationFeed: 'sampled', hasTakerSplit: false },
  // How much it tells is not documented.
  bitget: { name: 'Bitget', liquidationFeed: 'sampled', hasTakerSplit: false },
};

export const venueName = (venueId: VenueId): string => VENUE_FACTS[venueId].name;
