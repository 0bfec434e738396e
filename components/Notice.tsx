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
  readonly look: 'notice' | 'message';
  readonly notice: NoticeContent;
  readonly onAction: (action: NoticeAction) => void;
}

const ACTION_TEXT: Readonly<Record<NoticeAction, string>> = {
  'choose-contract': 'Choose a contract',
  'allow-access': 'Allow access',
  retry: 'Retry now',
};

/** A card above figures that are still worth showing, or a message in place of figures. */
export function Notice({ notice, look, onAction }: Props) {
  return (
    <section class={look} role="status">
      <Icon name={notice.icon} />
      <div>
        <h2>{notice.title}</h2>
        <p>{notice.text}</p>
        {notice.actions.map((action) => (
          <button key={action} type="button" class="button is-primary" onClick={() => onAction(action)}>
            {ACTION_TEXT[action]}
          </button>
        ))}
      </div>
    </section>
  );
}
