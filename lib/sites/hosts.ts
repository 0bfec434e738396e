/**
 * Match patterns of every site, for the manifest. Apart from the registry, so that the script in the page's world does
 * not carry the rules of symbols. A longer path than `/*` would keep scripts out of `blob:` frames.
 */
export const SITE_MATCHES = [
  // Languages are sub-domains: de.tradingview.com.
  'https://*.tradingview.com/*',
  // Where it serves the charts that others embed.
  'https://www.tradingview-widget.com/*',
  'https://www.binance.com/*',
  'https://www.bybit.com/*',
  'https://*.okx.com/*',
  'https://*.gate.com/*',
  'https://*.gate.io/*',
  'https://*.bitget.com/*',
  'https://app.hyperliquid.xyz/*',
] as const;
