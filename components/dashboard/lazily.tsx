import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { Notice } from '@/components/Notice';
import { updatedNotice } from '@/components/panel/notices';

/** A component whose script is loaded when it is first shown. One that cannot be found is of a version that is gone. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [isMissing, setMissing] = useState<boolean | null>(null);
    useEffect(() => {
      if (Loaded !== null) return;
      load().then(
        (component) => {
          Loaded = component;
          setMissing(false);
        },
        () => setMissing(true),
      );
    }, []);
    if (isMissing === true)
      return <Notice look="message" notice={updatedNotice()} onAction={() => location.reload()} />;
    return Loaded && <Loaded {...props} />;
  };
}
