/** The sites on whose charts there is a band without asking, by their names in the registry: what they are called, and where they are. */
export const SITE_NAMES = {
  tradingview: { name: 'TradingView', host: 'tradingview.com' },
  binance: { name: 'Binance', host: 'www.binance.com' },
  bybit: { name: 'Bybit', host: 'www.bybit.com' },
  okx: { name: 'OKX', host: 'okx.com' },
  gate: { name: 'Gate', host: 'gate.com' },
  bitget: { name: 'Bitget', host: 'bitget.com' },
  hyperliquid: { name: 'Hyperliquid', host: 'app.hyperliquid.xyz' },
} as const;

export type SiteName = keyof typeof SITE_NAMES;
