import type { VenueId } from '../market/contract';

/** Match patterns of each venue's REST hosts; sockets need no permission. Free of imports that a build script could not load. */
export const HOSTS_BY_VENUE = {
  binance: ['https://fapi.binance.com/*', 'https://www.binance.com/bapi/*'],
  'binance-coin': ['https://dapi.binance.com/*', 'https://www.binance.com/bapi/*'],
  bybit: ['https://api.bybit.com/*'],
  gate: ['https://api.gateio.ws/*'],
  hyperliquid: ['https://api.hyperliquid.xyz/*'],
  okx: ['https://www.okx.com/api/*'],
  bitget: ['https://api.bitget.com/*'],
} as const satisfies Record<VenueId, readonly string[]>;

/** Exactly what the manifest asks for. */
export const VENUE_HOSTS: readonly string[] = [...new Set(Object.values(HOSTS_BY_VENUE).flat())];
