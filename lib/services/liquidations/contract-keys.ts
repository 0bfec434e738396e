import type { Contract, ContractId, VenueId } from '@/lib/market/contract';

/** Small whole numbers for contracts, under which sums are kept. */
export interface ContractKeys {
  /** A venue's contracts as listed now. */
  list(venueId: VenueId, listed: readonly Contract[]): void;
  /** By venue and symbol, as events come; undefined for a contract that is not listed. */
  keyOf(venueId: VenueId, symbol: string): number | undefined;
  keyById(contractId: ContractId): number | undefined;
  /** A second key of the contract: for what was asked for afterwards where the stream is a sample, and is no part of it. */
  askedKeyOf(key: number): number;
  /** All keys that a contract has. */
  keysOf(contractId: ContractId): number[];
  /** The contract of each key. */
  readonly contracts: readonly Contract[];
  readonly venueIds: readonly VenueId[];
}

export function createContractKeys(): ContractKeys {
  const contracts: Contract[] = [];
  const byVenue = new Map<VenueId, Map<string, number>>();
  const byId = new Map<ContractId, number>();
  const askedKeys = new Map<number, number>();
  return {
    list(venueId, listed) {
      const known = byVenue.get(venueId) ?? new Map<string, number>();
      byVenue.set(venueId, known);
      for (const contract of listed) {
        const key = known.get(contract.symbol) ?? contracts.length;
        known.set(contract.symbol, key);
        byId.set(contract.id, key);
        contracts[key] = contract;
        const askedKey = askedKeys.get(key);
        if (askedKey !== undefined) contracts[askedKey] = contract;
      }
    },
    keyOf: (venueId, symbol) => byVenue.get(venueId)?.get(symbol),
    keyById: (contractId) => byId.get(contractId),
    askedKeyOf(key) {
      const known = askedKeys.get(key);
      if (known !== undefined) return known;
      askedKeys.set(key, contracts.length);
      return contracts.push(contracts[key]) - 1;
    },
    keysOf(contractId) {
      const key = byId.get(contractId);
      return key === undefined ? [] : [key, askedKeys.get(key) ?? []].flat();
    },
    contracts,
    get venueIds() {
      return [...byVenue.keys()];
    },
  };
}
