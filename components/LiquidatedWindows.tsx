import './LiquidatedWindows.css';
import { formatShare, formatUsd } from '@/lib/core/format';
import { HOUR_MS } from '@/lib/core/time';
import type { LiquidatedWindow } from '@/lib/market/summary';

import { Section } from './Section';

interface Props {
  readonly windows: readonly LiquidatedWindow[];
  /** How the venue publishes its liquidations, e.g. `sampled feed`. */
  readonly feedKind: string;
}

/** What was liquidated lately, with the share of each window in which we were listening. */
export function LiquidatedWindows({ windows, feedKind }: Props) {
  return (
    <Section title="Liquidated" aside={feedKind}>
      <ul class="windows">
        {windows.map((window) => (
          <WindowCard key={window.windowMs} window={window} />
        ))}
      </ul>
    </Section>
  );
}

function WindowCard({ window: { windowMs, longUsd, shortUsd, recordedShare } }: { window: LiquidatedWindow }) {
  const isObserved = recordedShare > 0;
  return (
    <li>
      <div class="window-head">
        <span>{Math.round(windowMs / HOUR_MS)}h</span>
        <span class="quiet">{isObserved ? formatUsd(longUsd + shortUsd) : 'no data'}</span>
      </div>
      <div>
        <span class="long">
          L<span class="visually-hidden">ongs</span>
        </span>
        <Figure usd={isObserved ? longUsd : null} />
      </div>
      <div>
        <span class="short">
          S<span class="visually-hidden">horts</span>
        </span>
        <Figure usd={isObserved ? shortUsd : null} />
      </div>
      <div class="split" aria-hidden="true">
        {isObserved && longUsd > 0 && <i style={{ flexGrow: longUsd, background: 'var(--long-fill)' }} />}
        {isObserved && shortUsd > 0 && <i style={{ flexGrow: shortUsd, background: 'var(--short-fill)' }} />}
      </div>
      <p class="caption">{isObserved ? `${recordedShareText(recordedShare)} recorded` : 'not recorded'}</p>
    </li>
  );
}

const Figure = ({ usd }: { usd: number | null }) =>
  usd === null ? <span class="quiet">no data</span> : <strong>{formatUsd(usd)}</strong>;

/** Anything short of the whole never rounds up to it, nor anything recorded down to nothing. */
const recordedShareText = (share: number): string =>
  share >= 1 ? 'all' : share < 0.01 ? '<1%' : formatShare(Math.floor(share * 100) / 100).replace('.0%', '%');
