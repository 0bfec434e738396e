import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';

import type { Contract } from '@/lib/market/contract';
import { createFeedClient } from '@/lib/messaging/feed-client';
import { FEED_PORT } from '@/lib/messaging/protocol';
import {
  bandSettings,
  type BandSettings,
  DEFAULT_BAND_SETTINGS,
  lastContract,
  readBandSettings,
  watchBandSettings,
} from '@/lib/store/settings';
import { VENUE_HOSTS } from '@/lib/venues/hosts';

import { App } from './App';
import { createPopupModel } from './popup-model';

const TICK_MS = 1_000;
/** What browsers call "no tab": the background then shows what was last watched. */
const NO_TAB_ID = -1;

const feed = createFeedClient(() => browser.runtime.connect({ name: FEED_PORT }), {
  signal: new AbortController().signal,
});
const model = createPopupModel(feed, Date.now);
const settings = signal<BandSettings>(DEFAULT_BAND_SETTINGS);

const changeSettings = (change: Partial<BandSettings>) => {
  settings.value = { ...settings.value, ...change };
  void bandSettings.setValue(settings.value);
};
const choose = (contract: Contract) => {
  void lastContract.setValue(contract.id);
  model.watchContract(contract);
};
const allowAccess = async () => {
  if (await browser.permissions.request({ origins: [...VENUE_HOSTS] })) model.retry();
};

function Root() {
  return (
    <App
      model={model}
      settings={settings.value}
      onSettings={changeSettings}
      onChoose={choose}
      onAllowAccess={() => void allowAccess()}
    />
  );
}

const root = document.getElementById('root');
if (root !== null) render(<Root />, root);
setInterval(() => model.tick(), TICK_MS);

void readBandSettings().then((stored) => (settings.value = stored));
watchBandSettings((stored) => (settings.value = stored));
void browser.tabs.query({ active: true, currentWindow: true }).then(([tab]) => model.watchTab(tab?.id ?? NO_TAB_ID));
