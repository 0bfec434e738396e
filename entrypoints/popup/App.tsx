import { useState } from 'preact/hooks';

import { ContractChooser } from '@/components/ContractChooser';
import { Filling } from '@/components/Filling';
import { Notice, type NoticeAction } from '@/components/Notice';
import type { PanelModel } from '@/components/panel/panel-model';
import type { PanelBody } from '@/components/panel/panel-view';
import { useSnapshot } from '@/components/panel/use-snapshot';
import { PanelHeader } from '@/components/PanelHeader';
import { Skeleton } from '@/components/Skeleton';
import { useIsDark } from '@/components/use-is-dark';
import { t } from '@/lib/i18n/words';
import type { Contract, VenueId } from '@/lib/market/contract';
import type { BandSettings } from '@/lib/store/settings';

import { Figures } from './Figures';

interface Props {
  readonly model: PanelModel;
  readonly settings: BandSettings;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  readonly onChoose: (contract: Contract) => void;
  /** Asks the browser for the venues' hosts; must be called in a click. */
  readonly onAllowAccess: () => void;
  /** Whether a venue counts, on charts too. */
  readonly onSwitchVenue: (venueId: VenueId, isOn: boolean) => void;
}

export function App({ model, settings, onSettings, onChoose, onAllowAccess, onSwitchVenue }: Props) {
  const [isChoosing, setIsChoosing] = useState(false);
  const isDark = useIsDark();
  const { view, nowMs, contracts } = useSnapshot(model);
  const { contract, proxyFor, health, body } = view;

  const openChooser = () => {
    model.listContracts();
    setIsChoosing(true);
  };
  const act = (action: NoticeAction) => {
    if (action === 'choose-contract') openChooser();
    else if (action === 'allow-access') onAllowAccess();
    else model.retry();
  };
  const choose = (chosen: Contract) => {
    setIsChoosing(false);
    onChoose(chosen);
  };
  return (
    <>
      <PanelHeader
        contract={contract}
        isProxy={proxyFor !== null}
        status={statusOf(body)}
        isBandOn={settings.isOn}
        isChoosing={isChoosing}
        onChoose={() => (isChoosing ? setIsChoosing(false) : openChooser())}
        onSwitch={(isOn) => onSettings({ isOn })}
      />
      <main>
        <h1 class="visually-hidden">{contract === null ? 'Liqband' : t('panel.title', { symbol: contract.symbol })}</h1>
        {isChoosing ? (
          <ContractChooser contracts={contracts} onChoose={choose} onClose={() => setIsChoosing(false)} />
        ) : body.kind === 'starting' ? (
          <Skeleton />
        ) : body.kind === 'filling' ? (
          <Filling daysDone={body.daysDone} daysTotal={body.daysTotal} leftMs={body.leftMs} />
        ) : body.kind === 'message' ? (
          <Notice look="message" notice={body.notice} onAction={act} />
        ) : (
          <Figures
            figures={body}
            proxyFor={proxyFor}
            health={health}
            nowMs={nowMs}
            settings={settings}
            theme={settings.theme === 'auto' ? (isDark ? 'dark' : 'light') : settings.theme}
            onSettings={onSettings}
            onAction={act}
            onSwitchVenue={onSwitchVenue}
            onForget={() => model.forgetLearning(body.summary.contractId)}
          />
        )}
      </main>
    </>
  );
}

const statusOf = (body: PanelBody) =>
  body.kind === 'filling'
    ? { tone: 'idle' as const, word: t('panel.filling') }
    : body.kind === 'message'
      ? { tone: body.notice.tone, word: body.notice.word }
      : null;
