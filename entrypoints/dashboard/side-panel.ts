import { browser } from 'wxt/browser';

/** Chrome's side panel and Firefox's sidebar: each browser has one of the two. */
interface Panels {
  readonly sidePanel?: { open(options: { readonly windowId: number }): Promise<void> };
  readonly sidebarAction?: { open(): Promise<void> };
}

/** Opens the dashboard beside the page; null where this is that panel already, or the browser has none. */
export async function sidePanelOpener(): Promise<(() => void) | null> {
  const { sidePanel, sidebarAction } = browser as unknown as Panels;
  const tab = await browser.tabs.getCurrent();
  if (tab?.windowId === undefined) return null;
  const { windowId } = tab;
  // Known beforehand: waiting for it in the click would lose the click's permission to open a panel.
  if (sidePanel !== undefined) return () => void sidePanel.open({ windowId });
  if (sidebarAction !== undefined) return () => void sidebarAction.open();
  return null;
}

/** Calls back with the tab on display beside a side panel, now and whenever it is another; never in a tab of our own. */
export async function followTabBeside(onTab: (tabId: number) => void): Promise<boolean> {
  if ((await browser.tabs.getCurrent()) !== undefined) return false;
  const look = async () => {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    if (tab?.id !== undefined) onTab(tab.id);
  };
  browser.tabs.onActivated.addListener(() => void look());
  await look();
  return true;
}
