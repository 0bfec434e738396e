import { useEffect, useState } from 'preact/hooks';

import type { MarketModel, MarketState } from './market-model';

/** The market's state, rendered anew whenever it changes. */
export function useMarket(model: MarketModel): MarketState {
  const [state, setState] = useState(() => model.state());
  useEffect(() => {
    const refresh = () => setState(model.state());
    refresh();
    return model.subscribe(refresh);
  }, [model]);
  return state;
}
