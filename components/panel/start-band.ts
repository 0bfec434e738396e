import { browser } from 'wxt/browser';

/** The content scripts of a chart that draw, as the manifest lists them: loaded here, they watch this page for charts. */
export async function startBand(): Promise<void> {
  const { content_scripts: scripts = [] } = browser.runtime.getManifest();
  // What reads a page's own chart has none to read here.
  const drawing = scripts.filter((script) => !('world' in script && script.world === 'MAIN'));
  const files = drawing.flatMap(({ js = [] }) => js);
  await Promise.all(
    files.map((file) => import(/* @vite-ignore */ browser.runtime.getURL(`/${file}` as '/popup.html'))),
  );
}
