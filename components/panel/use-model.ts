import { useEffect, useState } from 'preact/hooks';

import type { Model } from './feed-model';

/** A model's state, rendered anew whenever it changes. */
export function useModel<State>(model: Model<State>): State {
  const [state, setState] = useState(() => model.state());
  useEffect(() => {
    const refresh = () => setState(model.state());
    // Whatever came between the first drawing and now.
    refresh();
    return model.subscribe(refresh);
  }, [model]);
  return state;
}
