import { browser } from 'wxt/browser';

/** The content scripts of a chart that draw, as the manifest lists them: loaded here, they watch this page for charts. */
export function startBand(): void {
  const { content_scripts: scripts = [] } = browser.runtime.getManifest();
  for (const { js = [], ...script } of scripts) {
    // What reads a page's own chart has none to read here.
    if ('world' in script && script.world === 'MAIN') continue;
    for (const file of js) void import(/* @vite-ignore */ browser.runtime.getURL(`/${file}` as '/popup.html'));
  }
}
