import type { VenueId } from '@/lib/market/contract';

import { createBinance } from './binance';
import { createBinanceCoin } from './binance-coin';
import { createBitget } from './bitget';
import { createBybit } from './bybit';
import { createGate } from './gate';
import { createHyperliquid } from './hyperliquid';
import { createOkx } from './okx';
import type { Venue, VenueEnvironment } from './venue';

/** Every venue of the product: one line each, and its hosts in `hosts.ts`. */
export const VENUES: Readonly<Record<VenueId, (environment: VenueEnvironment) => Venue>> = {
  binance: (environment) => createBinance(environment),
  'binance-coin': (environment) => createBinanceCoin(environment),
  bybit: (environment) => createBybit(environment),
  gate: (environment) => createGate(environment),
  hyperliquid: (environment) => createHyperliquid(environment),
  okx: (environment) => createOkx(environment),
  bitget: (environment) => createBitget(environment),
};
