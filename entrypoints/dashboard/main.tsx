import { render } from 'preact';
import { browser } from 'wxt/browser';

import { Dashboard } from '@/components/dashboard/Dashboard';
import { createDiagnosticsModel } from '@/components/dashboard/diagnostics/diagnostics-model';
import { createMapHistory, type MapHistory } from '@/components/dashboard/map/map-history';
import { rememberedMarket } from '@/components/dashboard/map/remembered-market';
import type { MapSource } from '@/components/dashboard/market-contracts';
import { createMarketModel } from '@/components/dashboard/market/market-model';
import type { OptionsAccess } from '@/components/options/OptionsPage';
import { createOwnModel } from '@/components/own/own-model';
import { inLanguage } from '@/components/panel/in-language';
import { keepSettings } from '@/components/panel/keep-settings';
import { allowVenues, openPanel } from '@/components/panel/open-panel';
import { startBand } from '@/components/panel/start-band';
import { switchVenue } from '@/components/panel/switch-venue';
import { type Contract, type ContractId, venueIdOf } from '@/lib/market/contract';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import { DEFAULT_BAND_SETTINGS, lastContract } from '@/lib/store/settings';
import { VENUE_HOSTS } from '@/lib/venues/hosts';

import { followTabBeside, sidePanelOpener } from './side-panel';

/** What browsers call "no tab": the background then shows what was last watched. */
const NO_TAB_ID = -1;

const { feed, model } = openPanel();
const market = createMarketModel(feed);
const own = createOwnModel(feed);
const diagnostics = createDiagnosticsModel(feed);
const notifications = {
  isAllowed: () => browser.permissions.contains({ permissions: ['notifications'] }),
  ask: () => browser.permissions.request({ permissions: ['notifications'] }),
};
const options: OptionsAccess = {
  version: browser.runtime.getManifest().version,
  startBand: () => void startBand(),
  withdrawSite: (pattern) => void browser.permissions.remove({ origins: [pattern] }),
  forgetLearning: (contractId) => model.forgetLearning(contractId),
};
let settings = DEFAULT_BAND_SETTINGS;
let source: MapSource | null = null;
let last: Contract | null = null;
let begun: MapHistory | null = null;
let openSidePanel: (() => void) | null = null;

const choose = (contract: Pick<Contract, 'id'>) => {
  void lastContract.setValue(contract.id);
  model.watchContract(contract);
};
const change = keepSettings((changed) => {
  settings = changed;
  show();
});

const show = inLanguage(() =>
  render(
    <Dashboard
      model={model}
      market={market}
      own={own}
      diagnostics={diagnostics}
      notifications={notifications}
      options={options}
      source={source}
      lastContract={last}
      begun={begun}
      settings={settings}
      now={Date.now}
      onSettings={change}
      onChoose={choose}
      onAllowAccess={() => void allowVenues(model, VENUE_HOSTS)}
      onSidePanel={openSidePanel}
      onSwitchVenue={(venueId, isOn) => void switchVenue(venueId, isOn)}
    />,
    document.body,
  ),
);

/** The map of what was last shown is drawn from the log, before the background has answered. */
async function openLog(): Promise<void> {
  const warn = (table: string, owner: string, count: number) =>
    console.warn(`liqband: ${count} broken rows in ${table} of ${owner}`);
  const [{ log }, shown] = await Promise.all([
    openMarketLog(warn),
    Promise.all([lastContract.getValue(), rememberedMarket()]).catch(notRemembered),
  ]);
  source = log;
  const [id, market] = shown ?? [null, []];
  if (market.length > 0 && market[0].id === id) {
    last = market[0];
    begun = createMapHistory(log, market, Date.now, new AbortController().signal);
    // Its day is there when the page is first drawn; a store that refuses is told by whoever reads on.
    begun.load(Date.now(), () => {}).catch(() => {});
  } else if (id !== null) {
    const list = await log.readContracts(venueIdOf(id as ContractId)).catch(notRemembered);
    last = list?.contracts.find((contract) => contract.id === id) ?? null;
  }
  show();
}

/** Without it the page waits for the background to say what is shown. */
const notRemembered = (cause: unknown): null => {
  console.warn(`liqband: what was last shown: ${String(cause)}`);
  return null;
};

void openLog();
// Without the tab beside it the page shows what was shown last.
void followTabBeside((tabId) => model.watchTab(tabId))
  .catch(() => false)
  .then((isBeside) => {
    if (!isBeside) model.watchTab(NO_TAB_ID);
  });
void sidePanelOpener().then((open) => {
  openSidePanel = open;
  show();
});
