import './LiquidatedWindows.css';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { LiquidatedWindow } from '@/lib/market/summary';

import { recordedText } from './recorded-text';
import { Section } from './Section';
import { SideLetter } from './SideLetter';

interface Props {
  readonly windows: readonly LiquidatedWindow[];
  /** How the venue publishes its liquidations, e.g. `sampled feed`. */
  readonly feedKind: string;
}

/** What was liquidated lately, with the share of each window in which we were listening. */
export function LiquidatedWindows({ windows, feedKind }: Props) {
  return (
    <Section title={t('liquidated.title')} aside={feedKind}>
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
        <span>{formatSpan(windowMs)}</span>
        <span class="quiet">{isObserved ? formatUsd(longUsd + shortUsd) : t('data.none')}</span>
      </div>
      <div>
        <SideLetter side="long" />
        <Figure usd={isObserved ? longUsd : null} />
      </div>
      <div>
        <SideLetter side="short" />
        <Figure usd={isObserved ? shortUsd : null} />
      </div>
      <div class="split" aria-hidden="true">
        {isObserved && longUsd > 0 && <i style={{ flexGrow: longUsd, background: 'var(--long-fill)' }} />}
        {isObserved && shortUsd > 0 && <i style={{ flexGrow: shortUsd, background: 'var(--short-fill)' }} />}
      </div>
      <p class="caption">{isObserved ? recordedText(recordedShare) : t('liquidated.notRecorded')}</p>
    </li>
  );
}

const Figure = ({ usd }: { usd: number | null }) =>
  usd === null ? <span class="quiet">{t('data.none')}</span> : <strong>{formatUsd(usd)}</strong>;
