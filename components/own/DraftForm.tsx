import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';

/** What a form of ours is given: where it begins, and what becomes of it. */
export interface DraftFormProps<Draft, Value> {
  readonly initial: Draft;
  readonly isNew: boolean;
  /** Whether it comes in place of another one that the user was in. */
  readonly takesFocus: boolean;
  readonly contracts: readonly Contract[] | null;
  readonly onListContracts: () => void;
  readonly onSave: (value: Value) => void;
  readonly onCancel: () => void;
}

/**
 * A draft as it is typed. Until then it follows `initial`; from then on only what was not known yet does, so that nothing typed
 * is ever about another contract. Its errors are told from the first try to save it; nothing is saved until every field is right.
 */
export function useDraft<Draft extends object, Value, Errors extends object>(
  initial: Draft,
  read: (draft: Draft) => Value | Errors,
  isValue: (result: Value | Errors) => result is Value,
  onSave: (value: Value) => void,
) {
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const draft: Draft = { ...initial, ...typed };
  const [isChecked, setIsChecked] = useState(false);
  const result = read(draft);
  const errors: Partial<Errors> = isChecked && !isValue(result) ? result : {};
  return {
    draft,
    errors,
    change: (changed: Partial<Draft>) => setTyped({ ...knownOf(draft), ...changed }),
    onSubmit: (event: Event): void => {
      event.preventDefault();
      setIsChecked(true);
      if (isValue(result)) onSave(result);
    },
  };
}

const knownOf = <Draft extends object>(draft: Draft): Partial<Draft> =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== null)) as Partial<Draft>;

/** Null where there is no form. */
export const firstControl = (form: HTMLFormElement | null | undefined): HTMLElement | null =>
  (form?.elements[0] as HTMLElement | undefined) ?? null;

interface Props {
  readonly label: string;
  readonly takesFocus: boolean;
  /** On the button that saves. */
  readonly save: string;
  readonly onSubmit: (event: Event) => void;
  /** Null where there is nothing to go back to. */
  readonly onCancel: (() => void) | null;
  readonly children: ComponentChildren;
}

/** The frame of a form: its fields, then what can be done. */
export function DraftForm({ label, save, takesFocus, onSubmit, onCancel, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is to be changed may lie far below what was pressed for it; what was added is seen where it is.
    if (takesFocus) firstControl(form.current)?.focus({ preventScroll: onCancel === null });
  }, []);
  return (
    <form ref={form} class="own-form" noValidate onSubmit={onSubmit} aria-label={label}>
      {children}
      <div class="form-actions">
        <button type="submit" class="button is-primary">
          {save}
        </button>
        {onCancel !== null && (
          <button type="button" class="button" onClick={onCancel}>
            {t('own.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}

/** What a list of things and the form for one of them share: which is being changed, and the name of the next new one. */
export function useEdited() {
  const [editedId, setEditedId] = useState<string | null>(null);
  const [newId, setNewId] = useState(() => crypto.randomUUID());
  const [takesFocus, setTakesFocus] = useState(false);
  return {
    editedId,
    newId,
    takesFocus,
    edit: (id: string) => {
      setTakesFocus(true);
      setEditedId(id);
    },
    /** Saved, or left. */
    end: () => {
      setTakesFocus(true);
      setEditedId(null);
      setNewId(crypto.randomUUID());
    },
  };
}
