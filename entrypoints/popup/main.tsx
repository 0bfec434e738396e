import { render } from 'preact';
import { browser } from 'wxt/browser';

import { createPanelModel } from '@/components/panel/panel-model';
import type { Contract, VenueId } from '@/lib/market/contract';
import { createFeedClient } from '@/lib/messaging/feed-client';
import { FEED_PORT } from '@/lib/messaging/protocol';
import {
  bandSettings,
  type BandSettings,
  DEFAULT_BAND_SETTINGS,
  lastContract,
  readBandSettings,
  venuesOff,
  watchBandSettings,
} from '@/lib/store/settings';
import { VENUE_HOSTS } from '@/lib/venues/hosts';

import { App } from './App';

const TICK_MS = 1_000;
/** What browsers call "no tab": the background then shows what was last watched. */
const NO_TAB_ID = -1;

const feed = createFeedClient(() => browser.runtime.connect({ name: FEED_PORT }), {
  signal: new AbortController().signal,
});
const model = createPanelModel(feed, Date.now);
let settings = DEFAULT_BAND_SETTINGS;

const choose = (contract: Contract) => {
  void lastContract.setValue(contract.id);
  model.watchContract(contract);
};
const allowAccess = async () => {
  if (await browser.permissions.request({ origins: [...VENUE_HOSTS] })) model.retry();
};

const switchVenue = async (venueId: VenueId, isOn: boolean) => {
  const others = (await venuesOff.getValue()).filter((off) => off !== venueId);
  await venuesOff.setValue(isOn ? others : [...others, venueId]);
};

function show(shown: BandSettings): void {
  settings = shown;
  render(
    <App
      model={model}
      settings={settings}
      onSettings={(changed) => void change(changed)}
      onChoose={choose}
      onAllowAccess={() => void allowAccess()}
      onSwitchVenue={(venueId, isOn) => void switchVenue(venueId, isOn)}
    />,
    document.body,
  );
}

let pendingWrites = 0;

async function change(changed: Partial<BandSettings>): Promise<void> {
  show({ ...settings, ...changed });
  pendingWrites++;
  await bandSettings.setValue(settings);
  pendingWrites--;
}

show(settings);
setInterval(() => model.tick(), TICK_MS);

void readBandSettings().then(show);
watchBandSettings((stored) => {
  // While a slider is dragged, the echo of an earlier write would pull it back.
  if (pendingWrites === 0) show(stored);
});
void browser.tabs.query({ active: true, currentWindow: true }).then(([tab]) => model.watchTab(tab?.id ?? NO_TAB_ID));
