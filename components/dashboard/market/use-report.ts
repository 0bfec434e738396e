import { useEffect, useState } from 'preact/hooks';

import type { ContractId } from '@/lib/market/contract';

import type { MarketModel } from './market-model';

/** Has the report told, with the maps of favourites and of those that are asked for; these go first, as there are only so many. */
export function useReport(model: MarketModel, favourites: readonly ContractId[]) {
  const [asked, setAsked] = useState<readonly ContractId[]>([]);
  useEffect(() => model.watchReport(), [model]);
  useEffect(() => model.watchMaps([...asked, ...favourites]), [model, favourites, asked]);
  return { asked, onAsk: (id: ContractId) => setAsked((before) => [id, ...before]) };
}
