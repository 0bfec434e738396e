import './PanelHeader.css';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';

import { ContractButton } from './ContractButton';
import { FavouriteStar } from './FavouriteStar';
import { Icon } from './Icon';
import { Mark } from './Mark';
import type { PanelStatus } from './panel/panel-view';
import { StateMark } from './StateMark';
import { Switch } from './Switch';

interface Props {
  readonly contract: Contract | null;
  /** Whether the contract stands in for what the chart shows. */
  readonly isProxy: boolean;
  readonly status: PanelStatus | null;
  readonly isBandOn: boolean;
  readonly isFavourite: boolean;
  readonly onFavourite: (isFavourite: boolean) => void;
  readonly isChoosing: boolean;
  readonly onChoose: () => void;
  readonly onSwitch: (isOn: boolean) => void;
}

export function PanelHeader({ contract, isProxy, status, isBandOn, onSwitch, ...props }: Props) {
  const { isFavourite, onFavourite, isChoosing, onChoose } = props;
  return (
    <header class="panel-header">
      <Mark />
      <ContractButton
        contract={contract}
        note={
          contract === null
            ? ''
            : t(isProxy ? 'contract.asProxy' : 'contract.atVenue', { venue: venueName(contract.venueId) })
        }
        isChoosing={isChoosing}
        onChoose={onChoose}
      />
      {status !== null && (
        <span class="header-status">
          <StateMark tone={status.tone} />
          {status.word}
        </span>
      )}
      {contract !== null && status === null && (
        <FavouriteStar symbol={contract.symbol} isFavourite={isFavourite} onChange={onFavourite} />
      )}
      <a class="header-link" href="/dashboard.html" target="_blank" aria-label={t('page.dashboard')}>
        <Icon name="chart" />
      </a>
      <a class="header-link" href="/dashboard.html#options" target="_blank" aria-label={t('page.options')}>
        <Icon name="options" />
      </a>
      <Switch label={t('panel.bandOnCharts')} isOn={isBandOn} onChange={onSwitch} />
    </header>
  );
}
