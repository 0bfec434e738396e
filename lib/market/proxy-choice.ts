import type { Contract, ContractId, VenueId } from './contract';
import { aliasOf } from './market';
import { VENUE_FACTS } from './venue-facts';

/** Last known open interest of a contract in USD, null where none was ever seen. */
export type KnownOpenInterest = (id: ContractId) => number | null;

export interface ProxyWish {
  readonly baseAsset: string;
  /** Exchange of the chart, as its site writes it; null where it names none. */
  readonly exchange: string | null;
  /** What answers at present. */
  readonly current: ContractId | null;
}

/** Two that are about as large must not take turns: another has to hold this much more. */
const CLEARLY_MORE = 1.5;

const VENUE_ORDER = Object.keys(VENUE_FACTS) as VenueId[];
const QUOTE_ORDER = ['USDT', 'USDC', 'USD'];

/** How charts call an exchange whose venue goes by another name here. */
const VENUE_OF_EXCHANGE: Readonly<Record<string, string>> = { gateio: 'gate', okex: 'okx' };

/** Whether a contract is listed at the exchange that a chart names; `binance-coin` is a part of `binance`. */
export const isOfExchange = ({ venueId }: Pick<Contract, 'venueId'>, exchange: string): boolean =>
  venueId.split('-')[0] === (VENUE_OF_EXCHANGE[exchange] ?? exchange);

/**
 * The contract of an underlying that best stands in for something else: of the very asset rather than a claim on it, at
 * the chart's own exchange, then with the most open interest; where that is not known, the usual order of venues and quotes.
 */
export function bestContract(
  candidates: readonly Contract[],
  { baseAsset, exchange, current }: ProxyWish,
  openInterestUsd: KnownOpenInterest,
): Contract | null {
  const ranked = candidates.map((contract) => ({
    contract,
    rank: [
      aliasOf(contract.baseAsset) === baseAsset ? 0 : 1,
      exchange !== null && isOfExchange(contract, exchange) ? 0 : 1,
      -(openInterestUsd(contract.id) ?? 0) * (contract.id === current ? CLEARLY_MORE : 1),
      contract.settlement === 'linear' ? 0 : 1,
      placeIn(QUOTE_ORDER, contract.quoteAsset),
      placeIn(VENUE_ORDER, contract.venueId),
    ],
  }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked[0]?.contract ?? null;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at === -1 ? 0 : a[at] - b[at];
}

const placeIn = (order: readonly string[], name: string): number => {
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
};
