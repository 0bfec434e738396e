import './Notice.css';
import { t, type WordKey } from '@/lib/i18n/words';

import { Icon, type IconName } from './Icon';
import type { Tone } from './StateMark';

export type NoticeAction = 'choose-contract' | 'allow-access' | 'retry' | 'reload' | 'diagnostics' | 'dashboard';

/** What happened, what it means for the figures and what happens next. */
export interface NoticeContent {
  readonly icon: IconName;
  readonly tone: Tone;
  /** One or two words for the header. */
  readonly word: string;
  readonly title: string;
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

interface Props {
  readonly look: 'notice' | 'message';
  readonly notice: NoticeContent;
  readonly onAction: (action: NoticeAction) => void;
}

const ACTION_KEYS: Readonly<Record<NoticeAction, WordKey>> = {
  'choose-contract': 'contract.choose',
  'allow-access': 'notice.allowAccess',
  retry: 'notice.retry',
  reload: 'notice.reload',
  diagnostics: 'page.diagnostics',
  dashboard: 'notice.openDashboard',
};

/** A card above figures that are still worth showing, or a message in place of figures. */
export function Notice({ notice, look, onAction }: Props) {
  return (
    <section class={look} role="status">
      <Icon name={notice.icon} />
      <div>
        <h2>{notice.title}</h2>
        <p>{notice.text}</p>
        {notice.actions.map((action, i) => (
          <button
            key={action}
            type="button"
            class={i === 0 ? 'button is-primary' : 'button'}
            onClick={() => onAction(action)}
          >
            {t(ACTION_KEYS[action])}
          </button>
        ))}
      </div>
    </section>
  );
}
