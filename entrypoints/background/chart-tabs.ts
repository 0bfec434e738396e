import { browser } from 'wxt/browser';

import type { ContractId } from '@/lib/market/contract';

/** For a tab that was not seen for long to take up its watches again. */
const LOOKS = 20;
const LOOK_MS = 100;

/** Where each contract's chart was seen last: without a permission more, the browser tells no tab's address. */
const chartTabs = new Map<ContractId, number>();

export const keepChartTab = (id: ContractId, tabId: number): void => void chartTabs.set(id, tabId);

export async function bringToFront(tabId: number): Promise<void> {
  const tab = await browser.tabs.update(tabId, { active: true });
  // A tab alone would stay behind whatever the user is in.
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}

/** Brings the tab with a contract's chart to the front; false where there is none, or it shows something else by now. */
export async function showChartTab(
  id: ContractId,
  isShown: (id: ContractId, tabId: number) => boolean,
): Promise<boolean> {
  const tabId = chartTabs.get(id);
  if (tabId === undefined) return false;
  try {
    await bringToFront(tabId);
  } catch {
    // It was closed.
    return false;
  }
  for (let looks = 0; looks < LOOKS; looks++) {
    if (isShown(id, tabId)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}
