import { t } from '@/lib/i18n/words';

import { firstControl } from './DraftForm';

interface Props {
  /** What the row is about. */
  readonly what: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** What can be done with a row. */
export const RowActions = ({ what, onEdit, onRemove }: Props) => (
  <>
    <button type="button" class="button is-small" aria-label={t('own.editOf', { what })} onClick={onEdit}>
      {t('own.edit')}
    </button>{' '}
    <button
      type="button"
      class="button is-small"
      aria-label={t('own.removeOf', { what })}
      onClick={({ currentTarget }) => {
        focusBeside(currentTarget);
        onRemove();
      }}
    >
      {t('own.remove')}
    </button>
  </>
);

/** The focus goes to the same button of another row, of the last one to the form: it would be lost with this one. */
function focusBeside(button: HTMLElement): void {
  const row = button.closest('tr');
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  const next =
    other?.querySelector<HTMLElement>('button.is-small:last-of-type') ??
    firstControl(row?.closest('.page')?.querySelector('form'));
  next?.focus();
}
