import { isWithin, type Site, splitExchange, type SymbolReading } from './site';

const PATH = /^\/(?:[a-z]{2}(?:-[A-Za-z]{2})?\/)?(?:futures|delivery)\/([A-Z0-9_]{3,})\/?$/;
/** `BTCUSDT_241227` is dated, `BTCUSD_PERP` the perpetual settled in coin. */
const SYMBOL = /^([A-Z0-9]{3,}?)(?:_(\d{6}|PERP))?$/;

function parseBinanceSymbol(raw: string, symbol = raw): SymbolReading {
  const match = SYMBOL.exec(symbol);
  if (!match) return null;
  const [, pair, suffix] = match;
  return { raw, exchange: 'binance', pair, kind: suffix && suffix !== 'PERP' ? 'dated' : 'perpetual' };
}

export const binance: Site = {
  id: 'binance',
  isHost: (hostname) => isWithin(hostname, 'binance.com'),
  hasChart: ({ pathname }) => PATH.test(pathname),
  symbolFromUrl({ pathname }) {
    const match = PATH.exec(pathname);
    return match ? parseBinanceSymbol(match[1]) : null;
  },
  symbolFromChart(raw) {
    // `BTCUSDT@PRICETYPE=LAST`; a mark price chart is where liquidations happen, an index is not.
    const [name, variant = ''] = raw.split('@', 2);
    if (/PRICETYPE=INDEX/i.test(variant)) return 'index-price';
    return parseBinanceSymbol(raw, splitExchange(name).ticker.replace(/\.P$/, '').toUpperCase());
  },
};
