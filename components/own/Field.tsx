import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  /** In words, shown under the control. */
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
}

/** A named control of a form that names itself, as a group of choices does. */
export const Field = ({ label, error, children }: FieldProps) => (
  <div class="field">
    <span class="field-label" aria-hidden="true">
      {label}
    </span>
    {children}
    {error !== undefined && (
      <p class="field-error" role="alert">
        {error}
      </p>
    )}
  </div>
);

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onInput: (text: string) => void;
}

/** A number with its unit; what is wrong with it stands under it. */
export function NumberField({ label, unit, value, error, onInput }: NumberFieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <span class="field-number">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <span class="quiet">{unit}</span>
      </span>
      {error !== undefined && (
        <p class="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface SelectFieldProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of several, out of sight until it is opened. */
export function SelectField({ label, options, value, onChange }: SelectFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
