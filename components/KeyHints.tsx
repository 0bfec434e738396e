import './KeyHints.css';

interface Props {
  /** Keys and what they do. */
  readonly hints: readonly (readonly [keys: string, does: string])[];
}

/** What the keyboard does, for who has not found out yet. */
export const KeyHints = ({ hints }: Props) => (
  <footer class="key-hints">
    {hints.map(([keys, does]) => (
      <span key={keys}>
        <kbd>{keys}</kbd> {does}
      </span>
    ))}
  </footer>
);
