import { Aside } from '@/components/Aside';
import { ContractChooser } from '@/components/ContractChooser';
import { Filling } from '@/components/Filling';
import { Notice } from '@/components/Notice';
import type { PanelModel } from '@/components/panel/panel-model';
import type { PanelBody } from '@/components/panel/panel-view';
import { usePanelActs } from '@/components/panel/use-panel-acts';
import { useSnapshot } from '@/components/panel/use-snapshot';
import { PanelHeader } from '@/components/PanelHeader';
import { Skeleton } from '@/components/Skeleton';
import { useFavourites } from '@/components/use-favourites';
import { useIsDark } from '@/components/use-is-dark';
import { t } from '@/lib/i18n/words';
import type { Contract, VenueId } from '@/lib/market/contract';
import type { BandSettings } from '@/lib/store/settings';

import { Figures } from './Figures';
import type { OtherSite } from './other-site';

interface Props {
  readonly model: PanelModel;
  readonly settings: BandSettings;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  /** `choice` is under what to remember it for the chart's symbol; null where it is only looked at. */
  readonly onChoose: (contract: Contract, choice: string | null) => void;
  readonly onForgetChoice: (choice: string) => void;
  /** The tab's site where it is none that Liqband knows. */
  readonly site: OtherSite | null;
  /** Asks the browser for the site, or gives it back; must be called in a click. */
  readonly onSite: (site: OtherSite) => void;
  /** Asks the browser for the venues' hosts; must be called in a click. */
  readonly onAllowAccess: () => void;
  /** Whether a venue counts, on charts too. */
  readonly onSwitchVenue: (venueId: VenueId, isOn: boolean) => void;
}

export function App(props: Props) {
  const { model, settings, onSettings, onChoose, onAllowAccess, onSwitchVenue, onForgetChoice, site, onSite } = props;
  const isDark = useIsDark();
  const favourites = useFavourites();
  const { view, nowMs, contracts } = useSnapshot(model);
  const { contract, proxyFor, choice, health, body } = view;

  const { isChoosing, closeChooser, toggleChooser, act } = usePanelActs(model, onAllowAccess, () => {
    open('/dashboard.html#diagnostics');
  });
  const choose = (chosen: Contract) => {
    closeChooser();
    onChoose(chosen, contract === null ? choice : null);
  };
  return (
    <>
      <PanelHeader
        contract={contract}
        isProxy={proxyFor !== null}
        status={statusOf(body)}
        isBandOn={settings.isOn}
        isFavourite={contract !== null && favourites.ids.includes(contract.id)}
        onFavourite={(isOn) => contract !== null && favourites.set(contract.id, isOn)}
        isChoosing={isChoosing}
        onChoose={toggleChooser}
        onSwitch={(isOn) => onSettings({ isOn })}
      />
      <main>
        {site !== null && (
          <Aside
            text={t(site.isAllowed ? 'site.allowed' : 'site.unknown', { host: site.host })}
            action={t(site.isAllowed ? 'site.withdraw' : 'site.allow')}
            onAction={() => onSite(site)}
          />
        )}
        {contract !== null && choice !== null && (
          <Aside text={t('choice.made')} action={t('choice.forget')} onAction={() => onForgetChoice(choice)} />
        )}
        {view.notices.map((notice) => (
          <Notice key={notice.title} look="notice" notice={notice} onAction={act} />
        ))}
        <h1 class="visually-hidden">{contract === null ? 'Liqband' : t('panel.title', { symbol: contract.symbol })}</h1>
        {isChoosing ? (
          <ContractChooser contracts={contracts} onChoose={choose} onClose={closeChooser} />
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
