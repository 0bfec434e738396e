import { useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';

interface Props {
  readonly text: string;
  readonly isDisabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back: pressed, it asks once more. */
export function Confirmed({ text, isDisabled = false, onConfirm }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking)
    return (
      <button type="button" class="button is-small" disabled={isDisabled} onClick={() => setIsAsking(true)}>
        {text}
      </button>
    );
  const answer = (isSure: boolean) => {
    setIsAsking(false);
    if (isSure) onConfirm();
  };
  return (
    <span class="confirmed" role="group" aria-label={text}>
      <button type="button" class="button is-small is-primary" onClick={() => answer(true)}>
        {t('options.sure')}
      </button>
      <button type="button" class="button is-small" autoFocus onClick={() => answer(false)}>
        {t('options.keep')}
      </button>
    </span>
  );
}
