import './SplitBar.css';

interface Props {
  readonly longUsd: number;
  readonly shortUsd: number;
  /** What a bar over the whole width stands for; without it every bar is whole. */
  readonly mostUsd?: number;
}

/** Longs left, shorts right: how a sum is split, and how it compares with others. */
export function SplitBar({ longUsd, shortUsd, mostUsd = longUsd + shortUsd }: Props) {
  const share = mostUsd > 0 ? (longUsd + shortUsd) / mostUsd : 0;
  return (
    <span class="split-bar" aria-hidden="true">
      <span style={{ width: `${100 * Math.min(1, share)}%` }}>
        {longUsd > 0 && <i style={{ flexGrow: longUsd, background: 'var(--long-fill)' }} />}
        {shortUsd > 0 && <i style={{ flexGrow: shortUsd, background: 'var(--short-fill)' }} />}
      </span>
    </span>
  );
}
