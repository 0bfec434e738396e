import './LiquidatedWindows.css';
import { useState } from 'preact/hooks';

import { formatSpan, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { LiquidatedWindow } from '@/lib/market/summary';

import { LiquidatedVenues } from './LiquidatedVenues';
import { RadioGroup } from './RadioGroup';
import { recordedText } from './recorded-text';
import { Section } from './Section';
import { SideLetter } from './SideLetter';

interface Props {
  readonly windows: readonly LiquidatedWindow[];
  /** How the venues publish their liquidations, e.g. `sampled feed`. */
  readonly feedKind: string;
}

/** What was liquidated lately, with the share of each window in which we were listening; of the chosen one by venue too. */
export function LiquidatedWindows({ windows, feedKind }: Props) {
  const [chosenMs, setChosenMs] = useState<number | null>(null);
  const chosen = windows.find(({ windowMs }) => windowMs === chosenMs) ?? windows.at(-1);
  return (
    <Section title={t('liquidated.title')} aside={feedKind}>
      <RadioGroup
        label={t('liquidated.title')}
        look="windows"
        options={windows.map((window) => ({
          value: String(window.windowMs),
          content: <WindowCard window={window} />,
        }))}
        value={String(chosen?.windowMs)}
        onChange={(value) => setChosenMs(Number(value))}
      />
      {chosen !== undefined && <LiquidatedVenues window={chosen} />}
    </Section>
  );
}

function WindowCard({ window: { windowMs, longUsd, shortUsd, recordedShare } }: { window: LiquidatedWindow }) {
  const isObserved = recordedShare > 0;
  return (
    <>
      <span class="window-head">
        <span>{formatSpan(windowMs)}</span>
        <span class="quiet">{isObserved ? formatUsd(longUsd + shortUsd) : t('data.none')}</span>
      </span>
      <span>
        <SideLetter side="long" />
        <Figure usd={isObserved ? longUsd : null} />
      </span>
      <span>
        <SideLetter side="short" />
        <Figure usd={isObserved ? shortUsd : null} />
      </span>
      <span class="split" aria-hidden="true">
        {isObserved && longUsd > 0 && <i style={{ flexGrow: longUsd, background: 'var(--long-fill)' }} />}
        {isObserved && shortUsd > 0 && <i style={{ flexGrow: shortUsd, background: 'var(--short-fill)' }} />}
      </span>
      <span class="caption">{isObserved ? recordedText(recordedShare) : t('liquidated.notRecorded')}</span>
    </>
  );
}

const Figure = ({ usd }: { usd: number | null }) =>
  usd === null ? <span class="quiet">{t('data.none')}</span> : <strong>{formatUsd(usd)}</strong>;
