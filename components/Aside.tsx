import './Aside.css';

interface Props {
  readonly text: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** A line between header and figures, with the one thing that can be done about it. */
export const Aside = ({ text, action, onAction }: Props) => (
  <p class="aside">
    {text}
    <button type="button" class="button is-small" onClick={onAction}>
      {action}
    </button>
  </p>
);
