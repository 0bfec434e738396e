import { useEffect, useState } from 'preact/hooks';

import type { ContractId } from '@/lib/market/contract';
import { favourites } from '@/lib/store/favourites';

/** The favourites, also as another page changes them, and how to change one. */
export function useFavourites(): {
  readonly ids: readonly ContractId[];
  readonly set: (id: ContractId, isFavourite: boolean) => void;
} {
  const [ids, setIds] = useState<readonly ContractId[]>([]);
  useEffect(() => {
    void favourites.getValue().then(setIds);
    return favourites.watch(setIds);
  }, []);
  const change = async (id: ContractId, isFavourite: boolean): Promise<void> => {
    const others = (await favourites.getValue()).filter((each) => each !== id);
    await favourites.setValue(isFavourite ? [...others, id] : others);
  };
  return { ids, set: (id, isFavourite) => void change(id, isFavourite) };
}
