import type { AssetClass } from './asset-class';
import type { Contract } from './contract';

/** One underlying with every perpetual on it, whatever the venue, quote asset, settlement or multiple. */
export interface Market {
  /** `BTC`, `XAU`; shares and indices carry their class, because coins use the same letters: `equity:META`. */
  readonly id: string;
  readonly baseAsset: string;
  readonly assetClass: AssetClass;
  readonly contracts: readonly Contract[];
}

/** Other names of a base asset. Funds on an index (SPY, QQQ) have a price of their own and are none. */
const ALIASES: Readonly<Record<string, string>> = {
  XBT: 'BTC',
  XDG: 'DOGE',
  GOLD: 'XAU',
  SILVER: 'XAG',
  PLATINUM: 'XPT',
  PALLADIUM: 'XPD',
  COPPER: 'XCU',
  WTI: 'CL',
  USOIL: 'CL',
  WTICO: 'CL',
  XTI: 'CL',
  BRENT: 'BZ',
  UKOIL: 'BZ',
  BCO: 'BZ',
  XBR: 'BZ',
  NG: 'NATGAS',
  SP500: 'SPX500',
  US500: 'SPX500',
  US100: 'NAS100',
};

/** The one name of an underlying that venues list under several, as XBT of BTC; any other as it is. */
export const aliasOf = (baseAsset: string): string => ALIASES[baseAsset] ?? baseAsset;

/** An ounce is an ounce: the metal itself and tokens that are a claim on it are one market. */
const UNDERLYING_OF_CLASS: Partial<Readonly<Record<AssetClass, string>>> = { gold: 'XAU', silver: 'XAG' };
const CLASSES_OF_COINS: ReadonlySet<AssetClass> = new Set(['major', 'altcoin']);

const underlyingOf = ({ baseAsset, assetClass }: Pick<Contract, 'baseAsset' | 'assetClass'>): string =>
  UNDERLYING_OF_CLASS[assetClass] ?? aliasOf(baseAsset);

/** The market that a contract belongs to: the same for all contracts on one underlying. */
export function marketIdOf(contract: Pick<Contract, 'baseAsset' | 'assetClass'>): string {
  const { assetClass } = contract;
  const isPlain = CLASSES_OF_COINS.has(assetClass) || assetClass in UNDERLYING_OF_CLASS;
  return isPlain ? underlyingOf(contract) : `${assetClass}:${underlyingOf(contract)}`;
}

/** All trading contracts by their underlying, in the order of the first of each. */
export function marketsFromContracts(contracts: readonly Contract[]): Market[] {
  const markets = new Map<string, Market & { readonly contracts: Contract[] }>();
  for (const contract of contracts) {
    if (!contract.isTrading) continue;
    const id = marketIdOf(contract);
    const market = markets.get(id);
    if (market !== undefined) market.contracts.push(contract);
    else {
      const { assetClass } = contract;
      markets.set(id, { id, baseAsset: underlyingOf(contract), assetClass, contracts: [contract] });
    }
  }
  return [...markets.values()];
}

/** The contracts of one market among these. */
export const contractsOfMarket = (contracts: readonly Contract[], marketId: string): Contract[] =>
  contracts.filter((contract) => contract.isTrading && marketIdOf(contract) === marketId);
