import { options } from 'preact';
import { browser } from 'wxt/browser';

import { createFeedClient, type FeedClient } from '@/lib/messaging/feed-client';
import { FEED_PORT } from '@/lib/messaging/protocol';

import { createPanelModel, type PanelModel } from './panel-model';
import { renderOncePerFrame } from './render-once-per-frame';
import { watchWhileSeen } from './watch-while-seen';

const TICK_MS = 1_000;

/** A page's feed with the panel's model upon it, which also learns what no message tells: no network, an extension that is gone. */
export function openPanel(): { readonly feed: FeedClient; readonly model: PanelModel } {
  options.debounceRendering = renderOncePerFrame;
  const connect = () => {
    try {
      return browser.runtime.connect({ name: FEED_PORT });
    } catch (error) {
      queueMicrotask(() => model.end());
      throw error;
    }
  };
  const feed = watchWhileSeen(createFeedClient(connect, { signal: new AbortController().signal }));
  const model = createPanelModel(feed, Date.now);
  const tellNetwork = () => model.setOffline(!navigator.onLine);
  for (const change of ['online', 'offline']) addEventListener(change, tellNetwork);
  tellNetwork();
  const tick = () => document.hidden || model.tick();
  setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', tick);
  return { feed, model };
}

/** Asks the browser for the venues' hosts; must be called in a click. */
export async function allowVenues(model: PanelModel, hosts: readonly string[]): Promise<void> {
  if (await browser.permissions.request({ origins: [...hosts] })) model.retry();
}
