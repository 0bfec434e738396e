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

/** Where the venues' sockets are; every origin that the code names, for the pages' and the worker's policy. */
export const STREAM_ORIGINS: readonly string[] = [
  'wss://fstream.binance.com',
  'wss://dstream.binance.com',
  'wss://stream.bybit.com',
  'wss://fx-ws.gateio.ws',
  'wss://api.hyperliquid.xyz',
  'wss://ws.okx.com:8443',
  'wss://ws.bitget.com',
];

/** Exactly what the manifest asks for. */
export const VENUE_HOSTS: readonly string[] = [...new Set(Object.values(HOSTS_BY_VENUE).flat())];
