import type { Result } from '@/lib/core/result';
import type { Clock } from '@/lib/core/time';
import { createListCache } from '@/lib/venues/list-cache';
import type { VenueError } from '@/lib/venues/venue';

import type { BinanceProduct } from './product';

/** Worth of one contract in its unit: a market of coin margin counts all its quantities in contracts. */
export interface ContractSizes {
  /** As the venue lists it, asked for once a session; its usual one where the venue does not answer. */
  read(symbol: string): Promise<number>;
  /** The same as far as it is known by now. */
  readonly now: (symbol: string) => number;
  learn(sizes: ReadonlyMap<string, number>): void;
  retry(): void;
}

/** Of a linear product every size is the usual one and nothing is asked. */
export function createContractSizes(
  product: Pick<BinanceProduct, 'settlement' | 'usualContractSize'>,
  /** Ends in `learn` where the venue answers. */
  fetchAll: () => Promise<Result<unknown, VenueError>>,
  clock: Clock,
): ContractSizes {
  let known: ReadonlyMap<string, number> = new Map();
  const listed = createListCache(fetchAll, clock);
  const now = (symbol: string): number => known.get(symbol) ?? product.usualContractSize(symbol);
  return {
    async read(symbol) {
      if (product.settlement === 'inverse' && !known.has(symbol)) await listed.read();
      return now(symbol);
    },
    now,
    learn(sizes) {
      known = sizes;
    },
    retry: () => listed.retry(),
  };
}
