import './RadioGroup.css';
import type { ComponentChildren } from 'preact';

interface Props<T extends string> {
  /** Names the group; one of its kind on a page. */
  readonly label: string;
  /** `segments` looks like one control, `swatches` and `windows` like a row of cards. */
  readonly look: 'segments' | 'swatches' | 'windows';
  readonly options: readonly { readonly value: T; readonly content: ComponentChildren; readonly title?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function RadioGroup<T extends string>({ label, look, options, value, onChange }: Props<T>) {
  return (
    <div class={look} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input
            class="visually-hidden"
            type="radio"
            name={label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.content}
        </label>
      ))}
    </div>
  );
}
