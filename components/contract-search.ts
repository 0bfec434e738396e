import type { Contract } from '@/lib/market/contract';

const MAX_MATCHES = 60;

/** Trading contracts whose symbol or asset holds `query`: the ones that begin with it first, then by name. */
export function searchContracts(contracts: readonly Contract[], query: string): Contract[] {
  const wanted = query.trim().toUpperCase();
  const rank = ({ symbol, baseAsset }: Contract) =>
    baseAsset === wanted ? 0 : symbol.startsWith(wanted) || baseAsset.startsWith(wanted) ? 1 : 2;
  return contracts
    .filter(({ isTrading, symbol, baseAsset }) => isTrading && (symbol.includes(wanted) || baseAsset.includes(wanted)))
    .sort((a, b) => rank(a) - rank(b) || a.symbol.localeCompare(b.symbol))
    .slice(0, MAX_MATCHES);
}
