import { ok, type Result } from '@/lib/core/result';
import type { VenueError } from '@/lib/venues/venue';

import type { SizedContract } from './rest-wire';

/** How many base units one contract of each symbol is: without it no quantity of the venue can be told. */
export interface ContractSizes {
  /** Asks the venue once for all who wait; what is known is never asked again. */
  read(): Promise<Result<ReadonlyMap<string, number>, VenueError>>;
  learn(contracts: readonly SizedContract[]): void;
  known(): ReadonlyMap<string, number>;
}

/** A failed listing is the answer to all who wait, and asked for anew by the next. */
export function createContractSizes(
  fetchAll: () => Promise<Result<readonly SizedContract[], VenueError>>,
): ContractSizes {
  const sizes = new Map<string, number>();
  let asking: Promise<Result<ReadonlyMap<string, number>, VenueError>> | null = null;

  const learn = (contracts: readonly SizedContract[]): void => {
    for (const { contract, contractSize } of contracts) sizes.set(contract.symbol, contractSize);
  };
  const ask = async (): Promise<Result<ReadonlyMap<string, number>, VenueError>> => {
    const listed = await fetchAll();
    if (!listed.ok) return listed;
    learn(listed.value);
    return ok(sizes);
  };

  return {
    read() {
      if (sizes.size > 0) return Promise.resolve(ok(sizes));
      asking ??= ask().finally(() => (asking = null));
      return asking;
    },
    learn,
    known: () => sizes,
  };
}
