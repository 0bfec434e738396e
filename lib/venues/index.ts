import type { VenueId } from '@/lib/market/contract';

import { createBinance } from './binance';
import { createBinanceCoin } from './binance-coin';
import { createBitget } from './bitget';
import { createBybit } from './bybit';
import { createGate } from './gate';
import { createHyperliquid } from './hyperliquid';
import { createOkx } from './okx';
import { quarantined } from './quarantine';
import type { Venue, VenueEnvironment } from './venue';

type CreateVenue = (environment: VenueEnvironment) => Venue;

const guarded =
  (create: CreateVenue): CreateVenue =>
  (environment) =>
    quarantined(create(environment), environment);

/** Every venue of the product: one line each, and its hosts in `hosts.ts`. */
export const VENUES: Readonly<Record<VenueId, CreateVenue>> = {
  binance: guarded(createBinance),
  'binance-coin': guarded(createBinanceCoin),
  bybit: guarded(createBybit),
  gate: guarded(createGate),
  hyperliquid: guarded(createHyperliquid),
  okx: guarded(createOkx),
  bitget: guarded(createBitget),
};
