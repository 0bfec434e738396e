import type { Contract, VenueId } from './contract';

/** Whose page a contract's chart was last seen on: TradingView, or its own venue. */
export type ChartPlace = 'tradingview' | 'venue';

/** Where the extension knows a contract's own page; paths as `lib/sites` reads them back. */
const VENUE_PAGES: Readonly<Record<VenueId, (contract: Contract) => string>> = {
  binance: ({ symbol }) => `https://www.binance.com/en/futures/${symbol}`,
  'binance-coin': ({ symbol }) => `https://www.binance.com/en/delivery/${symbol}`,
  bybit: ({ symbol, settlement, quoteAsset }) =>
    `https://www.bybit.com/trade/${settlement === 'inverse' ? 'inverse' : quoteAsset.toLowerCase()}/${symbol}`,
  gate: ({ symbol, quoteAsset }) => `https://www.gate.com/futures/${quoteAsset}/${symbol}`,
  hyperliquid: ({ symbol }) => `https://app.hyperliquid.xyz/trade/${symbol}`,
  okx: ({ symbol }) => `https://www.okx.com/trade-swap/${symbol.toLowerCase()}`,
  bitget: ({ symbol, settlement, quoteAsset }) =>
    `https://www.bitget.com/futures/${settlement === 'inverse' ? 'coin' : quoteAsset.toLowerCase()}/${symbol}`,
};

/** TradingView's names of the venues. */
const EXCHANGES: Readonly<Record<VenueId, string>> = {
  binance: 'BINANCE',
  'binance-coin': 'BINANCE',
  bybit: 'BYBIT',
  gate: 'GATE',
  hyperliquid: 'HYPERLIQUID',
  okx: 'OKX',
  bitget: 'BITGET',
};

/** `BTCUSDT.P`, whatever the venue writes between: `BTC-USDT-SWAP`, `BTC_USDT`, `BTCUSD_PERP`, `BTC`. */
function tradingViewTicker({ venueId, symbol, quoteAsset }: Contract): string {
  if (venueId === 'hyperliquid') return `${symbol}${quoteAsset}.P`.toUpperCase();
  return `${symbol.replace(/[-_](?:SWAP|PERP)$/, '').replaceAll(/[-_]/g, '')}.P`;
}

/** The address of a contract's chart. What a builder lists on Hyperliquid has no name elsewhere. */
export const chartUrl = (contract: Contract, place: ChartPlace): string =>
  place === 'venue' || contract.symbol.includes(':')
    ? VENUE_PAGES[contract.venueId](contract)
    : `https://www.tradingview.com/chart/?symbol=${EXCHANGES[contract.venueId]}:${tradingViewTicker(contract)}`;
