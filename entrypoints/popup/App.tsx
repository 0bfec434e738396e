import { useEffect } from 'preact/hooks';

import { Aside } from '@/components/Aside';
import { ContractChooser } from '@/components/ContractChooser';
import type { MarketModel } from '@/components/dashboard/market/market-model';
import { FavouriteChips } from '@/components/FavouriteChips';
import { Filling } from '@/components/Filling';
import { KeyHints } from '@/components/KeyHints';
import { Notice } from '@/components/Notice';
import type { PanelModel } from '@/components/panel/panel-model';
import { statusOf } from '@/components/panel/panel-view';
import { useKeys } from '@/components/panel/use-keys';
import { useModel } from '@/components/panel/use-model';
import { usePanelActs } from '@/components/panel/use-panel-acts';
import { PanelHeader } from '@/components/PanelHeader';
import { Skeleton } from '@/components/Skeleton';
import { useFavourites } from '@/components/use-favourites';
import { useIsDark } from '@/components/use-is-dark';
import { t } from '@/lib/i18n/words';
import type { Contract, VenueId } from '@/lib/market/contract';
import { BAND_COMMANDS } from '@/lib/store/band-commands';
import type { BandSettings } from '@/lib/store/settings';

import { Figures } from './Figures';
import type { OtherSite } from './other-site';

/** As many as there are digits for, and room in a line. */
const MOST_CHIPS = 5;

interface Props {
  readonly model: PanelModel;
  readonly market: MarketModel;
  readonly settings: BandSettings;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  /** `choice` is under what to remember it for the chart's symbol; null where it is only looked at. */
  readonly onChoose: (contract: Pick<Contract, 'id'>, choice: string | null) => void;
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
  const { model, market, settings, onSettings, onChoose, onAllowAccess, onSwitchVenue, onForgetChoice, site, onSite } =
    props;
  const isDark = useIsDark();
  const favourites = useFavourites();
  const { report } = useModel(market);
  const { view, nowMs, contracts } = useModel(model);
  const { contract, proxyFor, choice, health, body } = view;

  const { isChoosing, closeChooser, toggleChooser, act } = usePanelActs(model, onAllowAccess, (page) => {
    open(`/dashboard.html#${page}`);
  });
  const choose = (chosen: Pick<Contract, 'id'>, rememberedAs: string | null = null) => {
    closeChooser();
    onChoose(chosen, rememberedAs);
  };
  const chips = favourites.ids.slice(0, MOST_CHIPS);
  // Every venue is asked for it: not before the contract's own figures are there.
  const wantsReport = chips.length > 0 && body.kind === 'figures';
  useEffect(() => (wantsReport ? market.watchReport() : undefined), [market, wantsReport]);
  useKeys({
    ...Object.fromEntries(chips.map((id, i) => [String(i + 1), () => choose({ id })])),
    b: () => onSettings(BAND_COMMANDS.toggle(settings)),
    s: () => onSettings(BAND_COMMANDS['next-style'](settings)),
    p: () => onSettings(BAND_COMMANDS['next-palette'](settings)),
    d: () => act('dashboard'),
  });
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
      <FavouriteChips ids={chips} shown={contract?.id} report={report} onChoose={(chosen) => choose(chosen)} />
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
          <ContractChooser
            contracts={contracts}
            onChoose={(chosen) => choose(chosen, contract === null ? choice : null)}
            onClose={closeChooser}
          />
        ) : body.kind === 'starting' ? (
          <Skeleton />
        ) : body.kind === 'filling' ? (
          <Filling daysDone={body.daysDone} daysTotal={body.daysTotal} leftMs={body.leftMs} />
        ) : body.kind === 'message' ? (
          <Notice
            look="message"
            // Without figures here there is still the whole market.
            notice={{ ...body.notice, actions: [...body.notice.actions, 'dashboard'] }}
            onAction={act}
          />
        ) : (
          <Figures
            figures={body}
            proxyFor={proxyFor}
            health={health}
            venues={view.venues}
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
      <KeyHints
        hints={[
          ...(chips.length > 0 ? [[`1–${chips.length}`, t('alerts.favourites')] as const] : []),
          ['B', t('look.title')],
          ['S', t('look.style')],
          ['P', t('look.palette')],
          ['D', t('page.dashboard')],
        ]}
      />
    </>
  );
}
