import './StackedBar.css';

/** Parts of a whole in greys, the first the brightest; the same figures stand beside it. */
export const StackedBar = ({ shares }: { readonly shares: readonly number[] }) => (
  <div class="stacked-bar" aria-hidden="true">
    {shares.map((share, i) =>
      share > 0 ? <i key={i} style={{ ...partLook(i, shares.length), flexGrow: share }} /> : null,
    )}
  </div>
);

/** Which of the greys is a part's. */
export const partLook = (part: number, count: number) => ({ '--dim': `${Math.round((100 * part) / count)}%` });
