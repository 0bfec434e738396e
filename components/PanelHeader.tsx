import './PanelHeader.css';
import type { Contract } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';

import { Icon } from './Icon';
import { Mark } from './Mark';
import { StateMark, type Tone } from './StateMark';
import { Switch } from './Switch';

interface Props {
  readonly contract: Contract | null;
  /** Whether the contract stands in for what the chart shows. */
  readonly isProxy: boolean;
  /** One word of state where no figures are shown. */
  readonly status: { readonly tone: Tone; readonly word: string } | null;
  readonly isBandOn: boolean;
  readonly isChoosing: boolean;
  readonly onChoose: () => void;
  readonly onSwitch: (isOn: boolean) => void;
}

export function PanelHeader({ contract, isProxy, status, isBandOn, isChoosing, onChoose, onSwitch }: Props) {
  return (
    <header class="panel-header">
      <Mark />
      <button
        class="contract-button"
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isChoosing}
        onClick={onChoose}
      >
        {contract === null ? (
          'Choose a contract'
        ) : (
          <>
            {contract.symbol}{' '}
            <small>
              {venueName(contract.venueId)} perp{isProxy && ', as proxy'}
            </small>
          </>
        )}
        <Icon name="chevron" />
      </button>
      {status !== null && (
        <span class="header-status">
          <StateMark tone={status.tone} />
          {status.word}
        </span>
      )}
      <a class="header-link" href="/dashboard.html" target="_blank" aria-label="Dashboard">
        <Icon name="chart" />
      </a>
      <Switch label="Band on charts" isOn={isBandOn} onChange={onSwitch} />
    </header>
  );
}
