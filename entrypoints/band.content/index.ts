import { browser } from 'wxt/browser';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { defineContentScript } from 'wxt/utils/define-content-script';

import { speak } from '@/lib/i18n/words';
import { createFeedClient } from '@/lib/messaging/feed-client';
import { FEED_PORT } from '@/lib/messaging/protocol';
import { shareBandDrawing } from '@/lib/render/band-drawing';
import { createLevelsBuilder } from '@/lib/render/build-levels';
import { drawBand } from '@/lib/render/draw-band';
import { createLooks } from '@/lib/render/looks';
import { createPicture } from '@/lib/render/pixel-picture';
import { otherSitePattern, siteAt } from '@/lib/sites';
import { isOwnPage } from '@/lib/sites/page-call';
import { allowedSites, readBandSettings, watchBandSettings, type BandSettings } from '@/lib/store/settings';

import { startBands } from './bands';
import { createMarketWatches } from './market-watches';

export default defineContentScript({
  // The sites' pages; filled in by the build.
  matches: [],
  // The background's worker, which has to be started, does so while the page is still being read.
  runAt: 'document_start',
  allFrames: true,
  // A page has no business to learn that this runs, nor the extension's id.
  noScriptStartedPostMessage: true,

  async main(ctx) {
    shareBandDrawing({ speak, createLooks, createLevelsBuilder, createPicture, drawBand });
    if (!isOwnPage()) return;
    let running: ReturnType<typeof start> | null = null;

    // Of a site that the user allowed only as long as they do.
    const pattern = otherSitePattern(window.location.href);
    const site = siteAt(window.location).id;
    let allowed: readonly string[] = [];
    let latest: BandSettings | null = null;

    const apply = (settings: BandSettings): void => {
      latest = settings;
      const { isOn, sitesOff } = settings;
      if (!isOn || sitesOff.includes(site) || (pattern !== null && !allowed.includes(pattern))) {
        running?.controller.abort();
        running = null;
      } else if (running === null) {
        running = start(settings, ctx);
      } else {
        running.bands.onSettings(settings);
      }
    };

    const onAllowed = (patterns: readonly string[]): void => {
      allowed = patterns;
      if (latest !== null) apply(latest);
    };

    ctx.onInvalidated(watchBandSettings(apply));
    ctx.onInvalidated(allowedSites.watch(onAllowed));
    if (pattern !== null) onAllowed(await allowedSites.getValue());
    apply(await readBandSettings());
  },
});

function start(settings: BandSettings, ctx: ContentScriptContext) {
  const controller = new AbortController();
  const life = AbortSignal.any([ctx.signal, controller.signal]);
  const feed = createFeedClient(() => browser.runtime.connect({ name: FEED_PORT }), { signal: life });
  // Updated or disabled, the extension tells nobody; asked whether it is, the context ends itself.
  const bands = startBands(settings, createMarketWatches(feed, Date.now), () => ctx.isInvalid, life);
  feed.onMessage((message) => {
    if (message.type !== 'words') return;
    speak(message.language, message.words);
    bands.onWords();
  });
  return { controller, bands };
}
