import { useEffect, useState } from 'preact/hooks';

import type { OwnModel, OwnState } from './own-model';

/** The model's state, rendered anew whenever it changes. */
export function useOwn(model: OwnModel): OwnState {
  const [state, setState] = useState(() => model.state());
  useEffect(() => {
    const refresh = () => setState(model.state());
    refresh();
    return model.subscribe(refresh);
  }, [model]);
  return state;
}
