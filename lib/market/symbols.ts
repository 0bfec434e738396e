import { splitMultiplier } from './asset';
import type { ChartSymbol, HiddenReason } from './chart-symbol';
import type { Contract } from './contract';
import { venueName } from './venue-facts';

/** Which contract answers for what a chart shows. */
export type Resolution =
  | {
      readonly ok: true;
      readonly contract: Contract;
      /** Words for the chart's own symbol when the contract stands in for it, else null. */
      readonly proxyFor: string | null;
    }
  | { readonly ok: false; readonly reason: HiddenReason; readonly detail: string };

/** Worth a dollar. `USD` goes first: DOTUSD is DOT in USD, not DO in TUSD. */
const DOLLAR_QUOTES = ['USD', 'USDT', 'USDC', 'FDUSD', 'BUSD', 'TUSD', 'USDE', 'USD1'] as const;

/** Other names of a base asset. */
const ALIASES: Readonly<Record<string, string>> = { XBT: 'BTC', XDG: 'DOGE', GOLD: 'XAU', SILVER: 'XAG' };

/** Bare words that mean a metal, and only from those who chart metals by them: elsewhere GOLD is a share. */
const METAL_WORDS = new Set(['GOLD', 'SILVER']);
const METAL_SOURCES = new Set(['tvc', 'capitalcom']);

const EXCHANGE_NAMES: Readonly<Record<string, string>> = {
  binance: 'Binance',
  bybit: 'Bybit',
  okx: 'OKX',
  oanda: 'OANDA',
  tvc: 'TVC',
  capitalcom: 'Capital.com',
  bitmex: 'BitMEX',
  htx: 'HTX',
  mexc: 'MEXC',
};

const KIND_WORDS: Readonly<Record<ChartSymbol['kind'], string>> = {
  perpetual: 'perpetual',
  spot: 'spot',
  index: 'index',
  dated: 'dated future',
};

/** What the pair's base may be, the likeliest first; none when its quote is no dollar. */
function basesOf({ pair, exchange }: ChartSymbol): string[] {
  if (METAL_WORDS.has(pair)) return exchange !== null && METAL_SOURCES.has(exchange) ? [pair] : [];
  return DOLLAR_QUOTES.flatMap((quote) =>
    pair.endsWith(quote) && pair.length > quote.length ? [pair.slice(0, -quote.length)] : [],
  );
}

function wordsFor({ exchange, pair, kind }: ChartSymbol, contract: Contract): string {
  const isElsewhere = exchange !== null && exchange !== contract.venueId;
  const exchangeName = isElsewhere ? (EXCHANGE_NAMES[exchange] ?? exchange[0].toUpperCase() + exchange.slice(1)) : '';
  return `${exchangeName} ${pair} ${KIND_WORDS[kind]}`.trim();
}

const unmapped = (detail: string): Resolution => ({ ok: false, reason: 'unmapped-symbol', detail });

/**
 * The contract to draw on a chart: the very one it shows, else the USDT perpetual of the same base as a named proxy.
 * A contract that counts in other multiples (1000PEPE beside PEPE) is refused: its levels would be off by that factor.
 */
export function resolveChartSymbol(symbol: ChartSymbol, contracts: readonly Contract[]): Resolution {
  const own = contracts.find((contract) => contract.venueId === symbol.exchange && contract.symbol === symbol.pair);
  if (own !== undefined && symbol.kind === 'perpetual') {
    if (own.isTrading) return { ok: true, contract: own, proxyFor: null };
    return unmapped(`${venueName(own.venueId)} does not trade ${own.symbol} at present.`);
  }

  const bases = basesOf(symbol).map((base) => {
    const { baseAsset, multiplier } = splitMultiplier(base);
    return { baseAsset: ALIASES[baseAsset] ?? baseAsset, multiplier };
  });
  if (bases.length === 0) return unmapped(`${symbol.raw} is not a pair in dollars that Liqband knows.`);
  const isListed = (contract: Contract, baseAsset: string) =>
    contract.isTrading && contract.quoteAsset === 'USDT' && contract.baseAsset === baseAsset;
  const { baseAsset, multiplier } =
    bases.find((base) => contracts.some((contract) => isListed(contract, base.baseAsset))) ?? bases[0];
  const candidates = contracts.filter((contract) => isListed(contract, baseAsset));
  const contract = candidates.find((candidate) => candidate.multiplier === multiplier);
  if (contract !== undefined) return { ok: true, contract, proxyFor: wordsFor(symbol, contract) };

  const [other] = candidates;
  if (other === undefined) return unmapped(`No venue that Liqband reads lists a perpetual for ${symbol.raw}.`);
  return unmapped(
    `${symbol.raw} is priced per ${multiplier} ${baseAsset}, ${venueName(other.venueId)}'s ${other.symbol} per ${other.multiplier}: its levels would not fit this axis.`,
  );
}
