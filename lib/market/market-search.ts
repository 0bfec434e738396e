import type { Contract } from './contract';
import { marketsFromContracts, type Market } from './market';
import { MARKET_NAMES } from './market-names';

const MAX_MATCHES = 60;

/** How well a market answers a search, the lower the better; null where it does not. */
function rankOf({ baseAsset, contracts }: Market, wanted: string): number | null {
  const names = (MARKET_NAMES[baseAsset] ?? '').toUpperCase().split(', ');
  if (baseAsset === wanted || names.includes(wanted)) return 0;
  const texts = [...contracts.flatMap((each) => [each.symbol, each.baseAsset]), ...names];
  if (texts.some((text) => text.startsWith(wanted))) return 1;
  return texts.some((text) => text.includes(wanted)) ? 2 : null;
}

/** Markets whose letters, name or contracts hold the query: the ones that it names first, then those that begin with it, by name. */
export function searchMarkets(markets: readonly Market[], query: string): Market[] {
  const wanted = query.trim().toUpperCase();
  return markets
    .flatMap((market) => {
      const rank = rankOf(market, wanted);
      return rank === null ? [] : [{ market, rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.market.baseAsset.localeCompare(b.market.baseAsset))
    .map(({ market }) => market);
}

/** Trading contracts that answer a search, those of one underlying together; of a query that is a symbol, the very ones first. */
export function searchContracts(contracts: readonly Contract[], query: string): Contract[] {
  const wanted = query.trim().toUpperCase();
  const isNamed = ({ symbol }: Contract) => symbol.startsWith(wanted);
  return searchMarkets(marketsFromContracts(contracts), query)
    .flatMap((market) => [...market.contracts].sort((a, b) => Number(isNamed(b)) - Number(isNamed(a))))
    .slice(0, MAX_MATCHES);
}
