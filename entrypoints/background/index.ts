import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';

import { steadyClock } from '@/lib/core/time';
import { createBandWords } from '@/lib/i18n/band-words';
import { ownPositionCheck } from '@/lib/market/own-position-check';
import { createFeedServer } from '@/lib/messaging/feed-server';
import { followAllowedSites } from '@/lib/services/allowed-sites';
import { createActivityLog } from '@/lib/services/diagnostics/activity-log';
import { createHub } from '@/lib/services/hub';
import { otherSitePattern } from '@/lib/sites';
import { runBandCommand } from '@/lib/store/band-commands';
import { checkedList } from '@/lib/store/checked-list';
import { chosenPrior } from '@/lib/store/chosen-prior';
import { readLanguage, watchLanguage } from '@/lib/store/language';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import { createOverflowTables } from '@/lib/store/log/overflow-tables';
import {
  allowedSites,
  contractChoices,
  lastContract,
  readBandSettings,
  venuesOff,
  watchBandSettings,
} from '@/lib/store/settings';
import { keptContracts, storedMegabytes } from '@/lib/store/storage-limits';
import { VENUES } from '@/lib/venues';
import { VENUE_HOSTS } from '@/lib/venues/hosts';
import type { VenueEnvironment } from '@/lib/venues/venue';

import { ALERT_ALARM, createAlertOutlet, keepChartPlace, openChartsOnClick } from './alert-outlet';
import { welcomeOnInstall } from './first-run';
import { keepAwakeWith } from './keep-awake';

const UPKEEP_ALARM = 'upkeep';
const UPKEEP_MINUTES = 60;
/** The log outlives the worker, not the browser. */
const ACTIVITY_KEY = 'activity';

/** The content scripts as the manifest has them for the known sites. */
const SITE_SCRIPTS = [
  { name: 'scale', file: '/content-scripts/scale.js', world: 'MAIN' },
  { name: 'band', file: '/content-scripts/band.js', world: 'ISOLATED' },
  { name: 'styles', file: '/styles.js', world: 'ISOLATED' },
] as const;

export default defineBackground({
  // A module can share the log's code with the dashboard.
  type: 'module',
  main() {
    const environment: VenueEnvironment & { log: (text: string) => void } = {
      fetch: (url, init) => fetch(url, init),
      createSocket: (url) => keepAwakeWith(new WebSocket(url)),
      now: steadyClock(() => Date.now()),
      setTimer(callback, delayMs) {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
      hasHostAccess: (origin) => browser.permissions.contains({ origins: [origin] }),
      log(text) {
        console.warn(`liqband: ${text}`);
        activity.add(text);
      },
    };
    const activity = createActivityLog(environment, {
      read: async () => (await browser.storage.session.get(ACTIVITY_KEY))[ACTIVITY_KEY],
      write: (lines) => browser.storage.session.set({ [ACTIVITY_KEY]: lines }),
    });

    const opened = openMarketLog(
      (table, owner, count) => environment.log(`${count} broken rows in ${table} of ${owner}`),
      (disk) =>
        createOverflowTables(disk, { now: environment.now, onProblem: (problem) => hub.tellStoreProblem(problem) }),
    );
    const hub = createHub({
      venues: Object.values(VENUES).map((create) => create(environment)),
      openLog: opened.then(({ log }) => log),
      storeProblem: opened.then(({ error }) => error?.message ?? null),
      environment,
      activity,
      lastContract,
      alerts: createAlertOutlet(environment.log),
      onChart: keepChartPlace,
      storedPositions: checkedList('own-positions', ownPositionCheck, (key, count) =>
        environment.log(`${count} broken entries in ${key}`),
      ),
      settings: {
        venuesOff,
        choices: contractChoices,
        charts: { getValue: readBandSettings, watch: watchBandSettings },
        keptContracts,
        storedMegabytes,
        prior: chosenPrior,
      },
    });
    openChartsOnClick(hub, environment.log);
    const bandWords = createBandWords({ read: readLanguage, watch: watchLanguage }, () => navigator.languages);
    welcomeOnInstall(bandWords);
    const server = createFeedServer(hub.handlers, bandWords, browser.runtime.getURL('/'));

    // As the browser lists them: whole hosts.
    const venueOrigins = new Set(VENUE_HOSTS.map((pattern) => otherSitePattern(pattern)));
    void followAllowedSites({
      browser,
      scripts: SITE_SCRIPTS,
      inject: (tabId, { file, world }) =>
        browser.scripting.executeScript({ target: { tabId, allFrames: true }, files: [file], world }),
      isKnown: (origin) => otherSitePattern(origin) === null || venueOrigins.has(origin),
      publish: (patterns) => allowedSites.setValue(patterns),
      onError: (cause) => environment.log(`sites: ${String(cause)}`),
    });

    browser.commands.onCommand.addListener((command) => {
      runBandCommand(command).catch((cause: unknown) => environment.log(`settings: ${String(cause)}`));
    });
    browser.runtime.onConnect.addListener((port) => server.accept(port));
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === ALERT_ALARM)
        hub.evaluateAlerts().catch((cause: unknown) => environment.log(`alerts: ${String(cause)}`));
      if (name === UPKEEP_ALARM) hub.upkeep().catch((cause: unknown) => environment.log(`upkeep: ${String(cause)}`));
    });
    // Creating it anew at every start of the worker would put it off for ever.
    void browser.alarms.get(UPKEEP_ALARM).then((alarm) => {
      if (alarm === undefined) return browser.alarms.create(UPKEEP_ALARM, { periodInMinutes: UPKEEP_MINUTES });
      return undefined;
    });
  },
});
