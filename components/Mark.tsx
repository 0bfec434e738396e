/** The product's mark: four bars against an axis, shorts above, longs below. */
export function Mark() {
  return (
    <svg viewBox="0 0 22 22" width="22" role="img" aria-label="Liqband" stroke-width="2" stroke-linecap="round">
      <rect width="22" height="22" rx="5" fill="var(--bg3)" />
      <path d="M10 5h5M6 8h9" stroke="var(--short-fill)" />
      <path d="M8 14h7M12 17h3" stroke="var(--long-fill)" />
      <path d="M17.75 4.25v13.5" stroke="var(--fg1)" stroke-width="1.5" />
    </svg>
  );
}
