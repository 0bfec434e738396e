import type { Contract, VenueId } from '@/lib/market/contract';
import { contractsOfMarket, marketIdOf } from '@/lib/market/market';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import type { MarketLog } from '@/lib/store/log/market-log';
import { venuesOff } from '@/lib/store/settings';

import type { HistorySource } from './map/map-day';
import type { ScoreSource } from './score/daily-scores';

/** All that the page reads of the log. */
export type MapSource = HistorySource &
  ScoreSource &
  Pick<MarketLog, 'readContracts' | 'readLearningOwners' | 'tableUse' | 'isPersistent'>;

/** Contracts of the market that have columns, at the venues that are to count; the given one first in any case. */
export async function marketContracts(source: MapSource, contract: Contract): Promise<Contract[]> {
  const off = await venuesOff.getValue();
  const venueIds = (Object.keys(VENUE_FACTS) as VenueId[]).filter((venueId) => !off.includes(venueId));
  const lists = await Promise.all(venueIds.map((venueId) => source.readContracts(venueId)));
  const others = contractsOfMarket(
    lists.flatMap((list) => list?.contracts ?? []),
    marketIdOf(contract),
  ).filter(({ id }) => id !== contract.id);
  const counts = await Promise.all(others.map(({ id }) => source.countColumns(id)));
  return [contract, ...others.filter((_, i) => counts[i] > 0)];
}
