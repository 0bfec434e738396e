import { cause } from '@/lib/core/cause';
import { choiceKey, type ContractChoices, type HiddenReason } from '@/lib/market/chart-symbol';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import { guessSymbol } from '@/lib/market/guess-symbol';
import { isOfExchange } from '@/lib/market/proxy-choice';
import { chosenByHand, resolveChartSymbol, type Resolution } from '@/lib/market/symbols';
import type { WatchRequest } from '@/lib/messaging/feed-server';
import type { OpenInterestBook } from '@/lib/services/market/open-interest-book';
import type { VenueError } from '@/lib/venues/venue';

import type { Universe } from './universe';

const REASON_OF_ERROR: Readonly<Record<VenueError['kind'], HiddenReason>> = {
  blocked: 'blocked',
  withheld: 'withheld',
  network: 'venue-down',
  limited: 'venue-down',
  http: 'venue-down',
  schema: 'venue-down',
  aborted: 'connecting',
};

/** Finds out which contract answers for what is asked, from as few venues as will do. */
export interface Resolver {
  /** `current` is the contract that answers at present. */
  resolve(request: Exclude<WatchRequest, { type: 'watch-tab' }>, current: ContractId | null): Promise<Resolution>;
  /** What to say beside no chart: a venue that does not even tell its contracts goes before that. */
  nothing(): Promise<Resolution>;
  /** The contract of a key, if its venue still lists it. */
  contractOf(id: string): Promise<Contract | null>;
}

export function createResolver(
  universe: Universe,
  openInterest: OpenInterestBook,
  choices: () => ContractChoices,
): Resolver {
  const contractOf = async (id: string): Promise<Contract | null> => {
    const venueId = universe.venueIds.find((each) => id.startsWith(`${each}:`));
    if (venueId !== undefined) await universe.ask([venueId]);
    return universe.contracts().find((contract) => contract.id === id) ?? null;
  };

  /** The chart's own venue, or the first in use: asking one at first does not slow the first map down. */
  const likeliest = (exchange: string | null): VenueId[] => {
    const own = universe.venueIds.filter((venueId) => isOfExchange({ venueId }, exchange ?? ''));
    return own.length > 0 ? own : universe.venueIds.slice(0, 1);
  };

  /** Nothing found among what is known; the reason is a venue that does not tell, if there is one. */
  const failed = (resolution: Resolution): Resolution => {
    const error = universe.venueIds.map((id) => universe.errorOf(id)).find((each) => each !== null) ?? null;
    if (resolution.ok || error === null || universe.contracts().length > 0) return resolution;
    return { ok: false, reason: REASON_OF_ERROR[error.kind], detail: error.message };
  };

  /** What the first venue to tell of a contract makes of it; a slow one holds nobody up. */
  const earliest = (look: () => Resolution) =>
    new Promise<Resolution>((settle, fail) => {
      const asked = universe.venueIds.map(async (venueId) => {
        await universe.ask([venueId]);
        const found = look();
        if (found.ok) settle(found);
      });
      Promise.all(asked).then(() => settle(look()), fail);
    });

  return {
    contractOf,
    async nothing() {
      await universe.ask(likeliest(null));
      // One venue that refuses is no reason while another tells.
      if (universe.contracts().length === 0) await universe.ask(universe.venueIds);
      return failed({ ok: false, reason: 'no-chart', detail: '' });
    },
    async resolve(request, current) {
      if (request.type === 'watch-contract') {
        const contract = await contractOf(request.contractId);
        if (contract !== null) return { ok: true, contract, proxyFor: null, priceFactor: 1 };
        return failed({
          ok: false,
          reason: 'unmapped-symbol',
          detail: cause('notListed', { symbol: request.contractId }),
        });
      }
      const symbol = guessSymbol(request.symbol);
      const look = () => resolveChartSymbol(symbol, universe.contracts(), openInterest.usdOf, current);
      await universe.ask(likeliest(symbol.exchange));
      const first = look();
      const found = first.ok ? first : failed(await earliest(look));
      if (found.ok || found.reason !== 'unmapped-symbol') return found;
      const choice = choiceKey(symbol);
      const chosen = await contractOf(choices()[choice] ?? '');
      return chosen?.isTrading === true ? chosenByHand(symbol, chosen) : { ...found, choice };
    },
  };
}
