/** The product's mark: four bars against an axis, shorts above, longs below. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="Liqband">
      <rect width="22" height="22" rx="5" fill="var(--bg3)" />
      <g fill="var(--short-fill)">
        <rect x="9" y="4" width="7" height="2" rx="1" />
        <rect x="5" y="7" width="11" height="2" rx="1" />
      </g>
      <g fill="var(--long-fill)">
        <rect x="7" y="13" width="9" height="2" rx="1" />
        <rect x="11" y="16" width="5" height="2" rx="1" />
      </g>
      <rect x="17" y="3.5" width="1.5" height="15" rx=".75" fill="var(--fg1)" />
    </svg>
  );
}
