import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose script is loaded when it is first shown. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [, setIsThere] = useState(Loaded !== null);
    useEffect(() => {
      if (Loaded !== null) return;
      void load().then((component) => {
        Loaded = component;
        setIsThere(true);
      });
    }, []);
    return Loaded === null ? null : <Loaded {...props} />;
  };
}
