import type { ComponentChildren } from 'preact';

import { t } from '@/lib/i18n/words';

import { type GroupId, GROUPS } from './groups';

interface GroupProps {
  readonly id: GroupId;
  /** One sentence about all of them. */
  readonly note?: string;
  readonly children: ComponentChildren;
}

/** Settings that belong together, under an address of their own. */
export const Group = ({ id, note, children }: GroupProps) => (
  <section class="options-group" id={`options-${id}`} aria-labelledby={`options-${id}-title`} tabIndex={-1}>
    <h2 id={`options-${id}-title`}>{t(GROUPS[id])}</h2>
    {note !== undefined && <p class="quiet">{note}</p>}
    {children}
  </section>
);

interface SettingProps {
  readonly name: string;
  /** One plain sentence. */
  readonly note?: string | undefined;
  /** Its control, if there is anything to set. */
  readonly children?: ComponentChildren;
}

/** One setting a row: what it is on the left, its control on the right. */
export const Setting = ({ name, note, children }: SettingProps) => (
  <div class="setting">
    <div>
      <p class="setting-name">{name}</p>
      {note !== undefined && <p class="caption">{note}</p>}
    </div>
    {children !== undefined && <div class="setting-control">{children}</div>}
  </div>
);
