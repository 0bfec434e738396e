import './Notice.css';
import { Icon, type IconName } from './Icon';
import type { Tone } from './StateMark';

export type NoticeAction = 'choose-contract' | 'allow-access' | 'retry';

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
  readonly notice: NoticeContent;
  readonly onAction: (action: NoticeAction) => void;
}

const ACTION_TEXT: Readonly<Record<NoticeAction, string>> = {
  'choose-contract': 'Choose a contract',
  'allow-access': 'Allow access',
  retry: 'Retry now',
};

/** Above figures that are still worth showing. */
export function Notice({ notice, onAction }: Props) {
  return (
    <section class="notice" role="status">
      <Icon name={notice.icon} />
      <div>
        <h2>{notice.title}</h2>
        <p>{notice.text}</p>
        <Actions notice={notice} onAction={onAction} />
      </div>
    </section>
  );
}

/** In place of figures. */
export function Message({ notice, onAction }: Props) {
  return (
    <section class="message" role="status">
      <Icon name={notice.icon} />
      <h2>{notice.title}</h2>
      <p>{notice.text}</p>
      <Actions notice={notice} onAction={onAction} />
    </section>
  );
}

function Actions({ notice: { actions }, onAction }: Props) {
  if (actions.length === 0) return null;
  return (
    <div class="notice-actions">
      {actions.map((action, index) => (
        <button
          key={action}
          type="button"
          class={index === 0 ? 'button is-primary' : 'button'}
          onClick={() => onAction(action)}
        >
          {ACTION_TEXT[action]}
        </button>
      ))}
    </div>
  );
}
