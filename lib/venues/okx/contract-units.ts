import { cause } from '@/lib/core/cause';
import { err, ok, type Result } from '@/lib/core/result';
import type { VenueError } from '@/lib/venues/venue';

import type { Instrument } from './rest-wire';

/** How much one contract of each symbol is: every quantity of the venue is counted in contracts. */
export interface ContractUnits {
  /** Undefined for a contract that is not listed, and before the first listing. */
  readonly of: (symbol: string) => number | undefined;
  /** A listing came in. */
  learn(instruments: readonly Instrument[]): void;
  /** Once a listing is known; asks for one where none is. */
  ready(): Promise<Result<null, VenueError>>;
  /** How much one contract of a symbol is; an error where it is not listed. */
  read(symbol: string): Promise<Result<number, VenueError>>;
}

/** A failed listing is the answer to all who wait, and asked for anew by the next. */
export function createContractUnits(
  fetchInstruments: () => Promise<Result<readonly Instrument[], VenueError>>,
): ContractUnits {
  const units = new Map<string, number>();
  let asking: Promise<Result<null, VenueError>> | null = null;

  const learn = (instruments: readonly Instrument[]): void => {
    for (const { contract, unit } of instruments) units.set(contract.symbol, unit);
  };
  const ask = async (): Promise<Result<null, VenueError>> => {
    const result = await fetchInstruments();
    if (!result.ok) return result;
    learn(result.value);
    return ok(null);
  };

  const ready = (): Promise<Result<null, VenueError>> => {
    if (units.size > 0) return Promise.resolve(ok(null));
    asking ??= ask().finally(() => (asking = null));
    return asking;
  };

  return {
    of: (symbol) => units.get(symbol),
    learn,
    ready,
    async read(symbol) {
      const listed = await ready();
      if (!listed.ok) return listed;
      const unit = units.get(symbol);
      if (unit !== undefined) return ok(unit);
      return err({
        kind: 'http',
        message: cause('unlisted', { venue: 'OKX', symbol }),
        detail: `no size of ${symbol}`,
        retryAtMs: null,
      });
    },
  };
}
