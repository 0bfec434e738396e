import { cause } from '@/lib/core/cause';

import { splitMultiplier } from './asset';
import { assetClassOf } from './asset-class';
import { choiceKey, type ChartSymbol, type HiddenReason } from './chart-symbol';
import { DOLLAR_QUOTES, type Contract, type ContractId, type VenueId } from './contract';
import { aliasOf, marketIdOf } from './market';
import { bestContract, isOfExchange, type KnownOpenInterest } from './proxy-choice';
import { venueName } from './venue-facts';

export type ProxyKind = ChartSymbol['kind'] | 'chosen' | 'contract';

/** Which contract answers for what a chart shows. */
export interface Resolved {
  readonly ok: true;
  readonly contract: Contract;
  /** The name of the chart's own symbol when the contract stands in for it, else null. */
  readonly proxyFor: string | null;
  /** What that symbol is: `chosen` one for which the user chose, `contract` one whose venue fails. */
  readonly proxyKind?: ProxyKind;
  /** Whose contract it stands in for while that venue gives nothing; undefined where none fails. */
  readonly failingVenueId?: VenueId;
  /** Price on the chart / price of the contract: 0.001 for a chart of PEPE and a contract of 1000PEPE. */
  readonly priceFactor: number;
  /** Under what the user's choice of it is remembered; undefined where a rule found it. */
  readonly choice?: string;
}

export type Resolution =
  | Resolved
  | {
      readonly ok: false;
      readonly reason: HiddenReason;
      /** More of the reason, as `cause` writes it, or nothing. */
      readonly detail: string;
      /** Under what a choice by hand would be remembered; undefined where there is no symbol. */
      readonly choice?: string;
    };

/** Bare words that mean a commodity, and only from those who chart them by these: elsewhere GOLD is a share. */
const COMMODITY_WORDS = new Set(['GOLD', 'SILVER', 'PLATINUM', 'PALLADIUM', 'USOIL', 'UKOIL']);
const COMMODITY_SOURCES = new Set(['tvc', 'capitalcom']);

/** Futures whose names tell only what is delivered; micro contracts have the price of the large ones. */
const DELIVERED: Readonly<Record<string, string>> = {
  'cme:BTC': 'BTC',
  'cme:MBT': 'BTC',
  'cme:ETH': 'ETH',
  'cme:MET': 'ETH',
  'cme:SOL': 'SOL',
  'cme:MSL': 'SOL',
  'cme:XRP': 'XRP',
  'cme:MXP': 'XRP',
  'comex:GC': 'XAU',
  'comex:MGC': 'XAU',
  'comex:SI': 'XAG',
  'comex:SIL': 'XAG',
  'nymex:PL': 'XPT',
  'nymex:PA': 'XPD',
  'nymex:CL': 'CL',
  'nymex:MCL': 'CL',
  'nymex:QM': 'CL',
  'nymex:BZ': 'BZ',
  'iceeur:BRN': 'BZ',
  'nymex:NG': 'NATGAS',
};

const EXCHANGE_NAMES: Readonly<Record<string, string>> = {
  okx: 'OKX',
  gateio: 'Gate',
  oanda: 'OANDA',
  tvc: 'TVC',
  capitalcom: 'Capital.com',
  bitmex: 'BitMEX',
  cme: 'CME',
  comex: 'COMEX',
  nymex: 'NYMEX',
  htx: 'HTX',
  mexc: 'MEXC',
};

interface PairParts {
  readonly baseAsset: string;
  readonly multiplier: number;
  readonly quoteAsset: string;
}

/** What the pair may be made of, the likeliest first; none when its quote is no dollar. */
function partsOf({ pair, exchange }: ChartSymbol): PairParts[] {
  if (COMMODITY_WORDS.has(pair)) {
    const isCommodity = exchange !== null && COMMODITY_SOURCES.has(exchange);
    return isCommodity ? [{ baseAsset: aliasOf(pair), multiplier: 1, quoteAsset: 'USD' }] : [];
  }
  const delivered = DELIVERED[`${exchange}:${pair}`];
  if (delivered !== undefined) return [{ baseAsset: delivered, multiplier: 1, quoteAsset: 'USD' }];
  return DOLLAR_QUOTES.filter((quote) => pair.endsWith(quote) && pair.length > quote.length).map((quoteAsset) => {
    const { baseAsset, multiplier } = splitMultiplier(pair.slice(0, -quoteAsset.length));
    return { baseAsset: aliasOf(baseAsset), multiplier, quoteAsset };
  });
}

function nameOf({ exchange, pair }: ChartSymbol, contract: Contract): string {
  const isElsewhere = exchange !== null && !isOfExchange(contract, exchange);
  const exchangeName = isElsewhere ? (EXCHANGE_NAMES[exchange] ?? exchange[0].toUpperCase() + exchange.slice(1)) : '';
  return `${exchangeName} ${pair}`.trim();
}

const unmapped = (detail: string): Resolution => ({ ok: false, reason: 'unmapped-symbol', detail });

/** The contract that a chart of a perpetual shows: by its venue's own name for it, else by what it is made of. */
function ownContract(
  symbol: ChartSymbol,
  parts: readonly PairParts[],
  contracts: readonly Contract[],
): Contract | undefined {
  const { exchange, kind, pair, raw } = symbol;
  if (exchange === null || kind !== 'perpetual') return undefined;
  const listed = contracts.filter((contract) => isOfExchange(contract, exchange));
  const isMadeOf = (contract: Contract) =>
    parts.some(
      ({ baseAsset, multiplier, quoteAsset }) =>
        aliasOf(contract.baseAsset) === baseAsset &&
        contract.multiplier === multiplier &&
        contract.quoteAsset === quoteAsset,
    );
  const names = ({ symbol: name, quoteAsset }: Contract) => [name, name.toUpperCase() + quoteAsset];
  // Some venues list a coin and a share of the same letters, and TradingView names the quote where a venue does not.
  return (
    listed.find((contract) => contract.symbol === raw) ??
    listed.find((contract) => names(contract).includes(pair)) ??
    listed.find(isMadeOf)
  );
}

/**
 * The contract to draw on a chart: the very one it shows, else as a named proxy the best of the same underlying.
 * `current` is what answers at present: another must be clearly better to take its place.
 */
export function resolveChartSymbol(
  charted: ChartSymbol,
  contracts: readonly Contract[],
  openInterestUsd: KnownOpenInterest = () => null,
  current: ContractId | null = null,
): Resolution {
  // Small contracts are listed apart: `COMEX_MINI:MGC1!`.
  const symbol = { ...charted, exchange: charted.exchange?.replace('_mini', '') ?? null };
  const parts = partsOf(symbol);
  const own = ownContract(symbol, parts, contracts);
  if (own !== undefined) {
    if (own.isTrading) return { ok: true, contract: own, proxyFor: null, priceFactor: 1 };
    return unmapped(cause('halted', { venue: venueName(own.venueId), symbol: own.symbol }));
  }
  if (parts.length === 0) return unmapped(cause('noDollar', { symbol: symbol.raw }));
  for (const { baseAsset, multiplier } of parts) {
    const marketOfName = marketIdOf({ baseAsset, assetClass: assetClassOf(baseAsset) });
    const namesake =
      contracts.find((each) => each.isTrading && aliasOf(each.baseAsset) === baseAsset) ??
      // A token that is a claim on a metal, and is not listed itself.
      contracts.find((each) => each.isTrading && marketIdOf(each) === marketOfName);
    if (namesake === undefined) continue;
    const marketId = marketIdOf(namesake);
    const candidates = contracts.filter((each) => each.isTrading && marketIdOf(each) === marketId);
    const wish = { baseAsset, exchange: symbol.exchange, current };
    const contract = bestContract(candidates, wish, openInterestUsd) ?? namesake;
    const priceFactor = multiplier / contract.multiplier;
    return { ok: true, contract, proxyFor: nameOf(symbol, contract), proxyKind: symbol.kind, priceFactor };
  }
  return unmapped(cause('noPerpetual', { symbol: symbol.raw }));
}

/** The contract that the user chose for a symbol which no rule maps. */
export const chosenByHand = (symbol: ChartSymbol, contract: Contract): Resolved => ({
  ok: true,
  contract,
  proxyFor: symbol.raw,
  proxyKind: 'chosen',
  priceFactor: 1,
  choice: choiceKey(symbol),
});

/** The same answer given by another contract of the underlying, while the one that should give it cannot. */
export function standInFor(resolved: Resolved, contract: Contract): Resolved {
  const { contract: wanted, proxyFor, priceFactor } = resolved;
  if (contract.id === wanted.id) return resolved;
  return {
    ...resolved,
    contract,
    proxyKind: resolved.proxyKind ?? 'contract',
    failingVenueId: wanted.venueId,
    proxyFor: proxyFor ?? `${venueName(wanted.venueId)} ${wanted.symbol}`,
    priceFactor: (priceFactor * wanted.multiplier) / contract.multiplier,
  };
}
