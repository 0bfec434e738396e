import { render } from 'preact';
import { browser } from 'wxt/browser';

import { createMarketModel } from '@/components/dashboard/market/market-model';
import { inLanguage } from '@/components/panel/in-language';
import { keepSettings } from '@/components/panel/keep-settings';
import { allowVenues, openPanel } from '@/components/panel/open-panel';
import { switchVenue } from '@/components/panel/switch-venue';
import type { Contract } from '@/lib/market/contract';
import { contractChoices, DEFAULT_BAND_SETTINGS, lastContract } from '@/lib/store/settings';
import { VENUE_HOSTS } from '@/lib/venues/hosts';

import { App } from './App';
import { type OtherSite, otherSiteAt, switchSite } from './other-site';

/** What browsers call "no tab": the background then shows what was last watched. */
const NO_TAB_ID = -1;

const { feed, model } = openPanel();
const market = createMarketModel(feed);

const choose = (contract: Pick<Contract, 'id'>, choice: string | null) => {
  if (choice === null) {
    void lastContract.setValue(contract.id);
    model.watchContract(contract);
    return;
  }
  // The background shows it on the chart, and the chart's tab here.
  void contractChoices.choose(choice, contract.id);
};

let settings = DEFAULT_BAND_SETTINGS;
let site: OtherSite | null = null;
const change = keepSettings((changed) => {
  settings = changed;
  show();
});

const showSite = (next: OtherSite | null): void => {
  site = next;
  show();
};

const show = inLanguage(() =>
  render(
    <App
      model={model}
      market={market}
      settings={settings}
      site={site}
      onSettings={(changed) => change(changed)}
      onChoose={choose}
      onForgetChoice={(choice) => void contractChoices.choose(choice, null)}
      onSite={(asked) => void switchSite(asked).then(showSite)}
      onAllowAccess={() => void allowVenues(model, VENUE_HOSTS)}
      onSwitchVenue={(venueId, isOn) => void switchVenue(venueId, isOn)}
    />,
    document.body,
  ),
);

void browser.tabs.query({ active: true, currentWindow: true }).then(async ([tab]) => {
  model.watchTab(tab?.id ?? NO_TAB_ID);
  showSite(await otherSiteAt(tab?.url));
});
