/** Match patterns of every venue's REST hosts (sockets need no permission): exactly what the manifest asks for. */
export const VENUE_HOSTS = ['https://fapi.binance.com/*', 'https://www.binance.com/bapi/*'] as const;
