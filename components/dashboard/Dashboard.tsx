import './Dashboard.css';
// Scripts that are loaded later bring no sheets of their own.
import './diagnostics/DiagnosticsPage.css';
import './market/LiquidatedTotals.css';
import './market/MarketPage.css';
import './score/ScorePage.css';
import '@/components/export/Export.css';
import '@/components/first-run/FirstRun.css';
import '@/components/own/Own.css';
import '@/components/options/Options.css';
import '@/components/options/OptionsTables.css';
import '@/components/BandControls.css';
import '@/components/Slider.css';
import '@/components/Switch.css';
import type { ComponentType } from 'preact';
import { useMemo } from 'preact/hooks';

import { ContractChooser } from '@/components/ContractChooser';
import { FavouriteChips } from '@/components/FavouriteChips';
import { Notice } from '@/components/Notice';
import type { OptionsAccess } from '@/components/options/OptionsPage';
import type { NotificationAccess } from '@/components/own/AlertsPage';
import type { OwnModel } from '@/components/own/own-model';
import type { PanelModel } from '@/components/panel/panel-model';
import { staleStatusOf, statusOf, troublesOf } from '@/components/panel/panel-view';
import { useModel } from '@/components/panel/use-model';
import { usePanelActs } from '@/components/panel/use-panel-acts';
import { useFavourites } from '@/components/use-favourites';
import { useIsDark } from '@/components/use-is-dark';
import type { Clock } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Contract, VenueId } from '@/lib/market/contract';
import { marketIdOf } from '@/lib/market/market';
import type { BandSettings } from '@/lib/store/settings';

import { DashboardHeader } from './DashboardHeader';
import type { DiagnosticsModel } from './diagnostics/diagnostics-model';
import type * as LatePages from './late-pages';
import { lazily } from './lazily';
import type { MapHistory } from './map/map-history';
import { MapPage } from './map/MapPage';
import { MapSide } from './MapSide';
import type { MapSource } from './market-contracts';
import type { MarketModel } from './market/market-model';
import { MarketPage } from './market/MarketPage';
import { MarketStrip } from './market/MarketStrip';
import { Tape } from './market/Tape';
import { Rail } from './Rail';
import { usePage } from './use-page';

const late = <Props extends object>(page: (pages: typeof LatePages) => ComponentType<Props>) =>
  lazily(() => import('./late-pages').then(page));
const AlertsPage = late((pages) => pages.AlertsPage);
const PositionsPage = late((pages) => pages.PositionsPage);
const OptionsPage = late((pages) => pages.OptionsPage);
const ScorePage = late((pages) => pages.ScorePage);
const FirstRunPage = late((pages) => pages.FirstRunPage);
const DiagnosticsPage = late((pages) => pages.DiagnosticsPage);

interface Props {
  readonly model: PanelModel;
  readonly market: MarketModel;
  readonly own: OwnModel;
  readonly diagnostics: DiagnosticsModel;
  readonly notifications: NotificationAccess;
  /** Null while the log is being opened. */
  readonly source: MapSource | null;
  /** What was last shown, so that its map need not wait for the background. */
  readonly lastContract: Contract | null;
  /** Its market's history, already being read. */
  readonly begun: MapHistory | null;
  readonly options: OptionsAccess;
  readonly settings: BandSettings;
  readonly now: Clock;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  readonly onChoose: (contract: Pick<Contract, 'id'>) => void;
  /** Asks the browser for the venues' hosts; must be called in a click. */
  readonly onAllowAccess: () => void;
  /** Null where there is no side panel to open. */
  readonly onSidePanel: (() => void) | null;
  /** Whether a venue counts, on charts too. */
  readonly onSwitchVenue: (venueId: VenueId, isOn: boolean) => void;
}

export function Dashboard(props: Props) {
  const {
    model,
    market,
    own,
    notifications,
    source,
    lastContract,
    settings,
    now,
    onSettings,
    onChoose,
    onAllowAccess,
    onSidePanel,
  } = props;
  const page = usePage();
  const favourites = useFavourites();
  const { report } = useModel(market);
  const theme = useIsDark() ? 'dark' : 'light';
  const { view, nowMs, contracts, storageProblem } = useModel(model);
  const { proxyFor, body } = view;
  const contract = view.contract ?? (body.kind === 'starting' ? lastContract : null);
  const figures = body.kind === 'figures' ? body : null;
  const marketId = contract === null ? null : marketIdOf(contract);
  // The map says it beside its figures; these pages live on the same data.
  const isOwn = page === 'positions' || page === 'alerts';

  const { isChoosing, closeChooser, toggleChooser, act } = usePanelActs(model, onAllowAccess, (shown) => {
    location.hash = `#${shown}`;
  });
  const choose = (chosen: Pick<Contract, 'id'>) => {
    closeChooser();
    onChoose(chosen);
  };
  // The whole market comes by a way of its own: what the contract is told ten times a second changes nothing of it.
  const language = document.documentElement.lang;
  const strip = useMemo(
    () => <MarketStrip model={market} marketId={marketId} favourites={favourites.ids} onChoose={choose} />,
    [market, marketId, favourites.ids, language],
  );
  const tape = useMemo(() => <Tape model={market} />, [market, language]);
  return (
    <div class="dashboard-frame">
      <Rail page={page} />
      <div class="dashboard-content">
        <DashboardHeader
          contract={contract}
          proxyFor={proxyFor}
          summary={figures?.summary ?? null}
          ageMs={figures?.ageMs ?? null}
          tone={figures?.tone ?? 'idle'}
          status={statusOf(body) ?? staleStatusOf(body)}
          isFavourite={contract !== null && favourites.ids.includes(contract.id)}
          onFavourite={(isOn) => contract !== null && favourites.set(contract.id, isOn)}
          isChoosing={isChoosing}
          onChoose={toggleChooser}
          onSidePanel={onSidePanel}
        />
        <FavouriteChips ids={favourites.ids} shown={contract?.id} report={report} onChoose={choose} />
        {isChoosing && (
          <div class="dashboard-chooser">
            <ContractChooser contracts={contracts} onChoose={choose} onClose={closeChooser} />
          </div>
        )}
        <div class="dashboard-notices">
          {[...view.notices, ...(isOwn ? troublesOf(body) : [])].map((notice) => (
            <Notice key={notice.title} look="notice" notice={notice} onAction={act} />
          ))}
        </div>
        <main class={page === 'map' ? 'dashboard' : ''}>
          <h1 class="visually-hidden">{contract === null ? 'Liqband' : t('map.of', { symbol: contract.symbol })}</h1>
          {page === 'market' ? (
            <MarketPage model={market} marketId={marketId} favourites={favourites.ids} onChoose={choose} />
          ) : page === 'positions' ? (
            <PositionsPage
              model={own}
              contract={contract}
              contracts={contracts}
              onListContracts={() => model.listContracts()}
            />
          ) : page === 'alerts' ? (
            <AlertsPage
              model={own}
              contract={contract}
              contracts={contracts}
              access={notifications}
              onListContracts={() => model.listContracts()}
            />
          ) : page === 'score' ? (
            <ScorePage
              source={source}
              contract={contract}
              expected={figures?.summary.learning.expected ?? null}
              nowMs={nowMs}
              observed={figures?.summary.observed ?? []}
            />
          ) : page === 'options' ? (
            <OptionsPage
              access={props.options}
              settings={settings}
              theme={theme}
              contract={contract}
              summary={figures?.summary ?? null}
              source={source}
              onSettings={onSettings}
            />
          ) : page === 'first-run' ? (
            <FirstRunPage />
          ) : page === 'diagnostics' ? (
            <DiagnosticsPage
              model={props.diagnostics}
              source={source}
              contract={contract}
              venues={view.venues}
              storageProblem={storageProblem}
              nowMs={nowMs}
            />
          ) : (
            <>
              <div class="dashboard-main">
                <MapPage
                  source={source}
                  begun={props.begun}
                  contract={contract}
                  body={body}
                  settings={settings}
                  theme={theme}
                  onGroups={(areWanted) => model.wantGroups(areWanted)}
                  now={now}
                  onSettings={onSettings}
                  onSwitchVenue={props.onSwitchVenue}
                />
                {strip}
              </div>
              <aside class="dashboard-side" aria-label={t('page.figures')}>
                <MapSide body={body} onAction={act} />
                {tape}
              </aside>
            </>
          )}
        </main>
      </div>
    </div>
  );
}
