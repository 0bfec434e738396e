import { useEffect, useState } from 'preact/hooks';

import type { PanelModel, PanelSnapshot } from './panel-model';

/** The model's state, rendered anew whenever it changes. */
export function useSnapshot(model: PanelModel): PanelSnapshot {
  const [snapshot, setSnapshot] = useState(() => model.snapshot());
  useEffect(() => {
    const refresh = () => setSnapshot(model.snapshot());
    // Whatever came between the first drawing and now.
    refresh();
    return model.subscribe(refresh);
  }, [model]);
  return snapshot;
}
