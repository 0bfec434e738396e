import { useEffect, useState } from 'preact/hooks';

interface Model<State> {
  state(): State;
  subscribe(listener: () => void): () => void;
}

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
