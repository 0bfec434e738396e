import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { Notice } from '@/components/Notice';
import { updatedNotice } from '@/components/panel/notices';

/** A component whose script is loaded when it is first shown. One that cannot be found is of a version that is gone. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [state, setState] = useState<'loading' | 'there' | 'missing'>(Loaded === null ? 'loading' : 'there');
    useEffect(() => {
      if (Loaded !== null) return;
      load().then(
        (component) => {
          Loaded = component;
          setState('there');
        },
        () => setState('missing'),
      );
    }, []);
    if (state === 'missing')
      return <Notice look="message" notice={updatedNotice()} onAction={() => location.reload()} />;
    return Loaded === null ? null : <Loaded {...props} />;
  };
}
