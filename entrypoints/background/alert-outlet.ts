import { browser } from 'wxt/browser';

import { noticeWords } from '@/components/own/alert-words';
import { languageOf } from '@/lib/core/languages';
import { readWords } from '@/lib/i18n/read-words';
import { speak } from '@/lib/i18n/words';
import { type AlertFiring, noticeIdOf } from '@/lib/market/alert';
import { alertMemoryFrom, alertRuleCheck, quietHoursCheck } from '@/lib/market/alert-check';
import { type ChartPlace, chartUrl } from '@/lib/market/chart-url';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { FeedWatch } from '@/lib/messaging/feed-server';
import type { AlertOutlet } from '@/lib/services/alerts/alert-service';
import type { Hub } from '@/lib/services/hub';
import { checkedList } from '@/lib/store/checked-list';
import { favourites } from '@/lib/store/favourites';
import { readLanguage } from '@/lib/store/language';
import { storedItem } from '@/lib/store/stored-item';

import { bringToFront, keepChartTab, showChartTab } from './chart-tabs';

export const ALERT_ALARM = 'alerts';
/** The shortest that browsers wake a worker for. */
const ALERT_MINUTES = 1;
const MOST_PLACES = 50;

const alertMemory = storedItem<unknown>('alert-memory', null);
const chartPlaces = storedItem<unknown>('chart-places', {});

/** Alerts in this browser: stored in its local storage, woken by its alarm, told by its notifications. */
export function createAlertOutlet(log: (text: string) => void): AlertOutlet {
  const storedQuiet = storedItem<unknown>('quiet-hours', null);
  const quietFrom = (stored: unknown) => {
    const parsed = quietHoursCheck.safeParse(stored);
    if (!parsed.success) log('broken quiet hours are left out');
    return parsed.success ? parsed.data : null;
  };
  /** What is said last holds, however long the browser takes. */
  let settingAlarm: Promise<void> = Promise.resolve();
  return {
    store: {
      rules: checkedList('alert-rules', alertRuleCheck, (key, count) => log(`${count} broken entries in ${key}`)),
      quiet: {
        getValue: async () => quietFrom(await storedQuiet.getValue()),
        setValue: (quiet) => storedQuiet.setValue(quiet),
        watch: (listener) => storedQuiet.watch((stored) => listener(quietFrom(stored))),
      },
      memory: alertMemory,
      favourites,
    },
    tell,
    setAlarm(isOn) {
      settingAlarm = settingAlarm.then(() => setAlarm(isOn)).catch((cause: unknown) => log(`alarm: ${String(cause)}`));
    },
    minuteOfDay: () => new Date().getHours() * 60 + new Date().getMinutes(),
  };
}

/** False where the user has not allowed notifications: the log on the alerts' page has it all the same. */
async function tell(id: string, firings: readonly AlertFiring[]): Promise<boolean> {
  if (!(await browser.permissions.contains({ permissions: ['notifications'] }))) return false;
  const language = languageOf(await readLanguage(), navigator.languages);
  speak(language, await readWords(language));
  const { title, text } = noticeWords(firings);
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  await browser.notifications.create(id, { type: 'basic', iconUrl, title, message: text });
  return true;
}

async function setAlarm(isOn: boolean): Promise<void> {
  const alarm = await browser.alarms.get(ALERT_ALARM);
  if (isOn === (alarm !== undefined)) return;
  if (isOn) await browser.alarms.create(ALERT_ALARM, { periodInMinutes: ALERT_MINUTES });
  else await browser.alarms.clear(ALERT_ALARM);
}

/** Listens for clicks on notifications, now or, the permission being optional, as soon as it is granted. */
export function openChartsOnClick(
  { contractOf, isOnChart }: Pick<Hub, 'contractOf' | 'isOnChart'>,
  log: (text: string) => void,
): void {
  const open = async (id: string): Promise<void> => {
    const { memory } = alertMemoryFrom(await alertMemory.getValue());
    const firing = memory.log.find((each) => noticeIdOf(each) === id);
    await browser.notifications.clear(id);
    const contract = firing === undefined ? null : await contractOf(firing.contractId);
    if (contract !== null && (await showChartTab(contract.id, isOnChart))) return;
    const places = placesFrom(await chartPlaces.getValue());
    // What is not listed any more has no chart; what happened stands in the log.
    const url = contract === null ? '/dashboard.html#alerts' : chartUrl(contract, places[contract.id] ?? 'tradingview');
    const { id: tabId } = await browser.tabs.create({ url });
    if (tabId !== undefined) await bringToFront(tabId);
  };
  const listen = () => {
    browser.notifications?.onClicked.addListener((id) => {
      open(id).catch((cause: unknown) => log(`notification: ${String(cause)}`));
    });
  };
  if (browser.notifications !== undefined) return listen();
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('notifications') === true) listen();
  });
}

let keeping: Promise<void> = Promise.resolve();

/** Remembers in which tab and on whose page a contract's chart was seen last: that is where an alert leads. */
export function keepChartPlace(contract: Contract, { pageUrl, tabId }: Pick<FeedWatch, 'pageUrl' | 'tabId'>): void {
  if (pageUrl === undefined) return;
  if (tabId !== null) keepChartTab(contract.id, tabId);
  const place: ChartPlace = /(?:^|\.)tradingview\.com$/.test(new URL(pageUrl).hostname) ? 'tradingview' : 'venue';
  keeping = keeping
    .then(async () => {
      const { [contract.id]: before, ...others } = placesFrom(await chartPlaces.getValue());
      if (before === place) return;
      const kept = Object.entries(others).slice(1 - MOST_PLACES);
      await chartPlaces.setValue({ ...Object.fromEntries(kept), [contract.id]: place });
    })
    .catch(() => {
      // Without it alerts lead to TradingView.
    });
}

/** Whatever is stored: what is no place leads to TradingView. */
const placesFrom = (stored: unknown) => Object(stored) as Partial<Readonly<Record<ContractId, ChartPlace>>>;
