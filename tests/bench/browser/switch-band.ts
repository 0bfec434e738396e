import type { Page } from 'playwright-core';

import type { ExtensionBrowser } from '@/scripts/browser';
import { until, waitForBand } from '@/tests/e2e/chart';

/** What of the extension's own globals the benchmarks use inside its pages. */
export interface ExtensionGlobals {
  readonly chrome: {
    readonly storage: { readonly local: { set(items: object): Promise<void> } };
    readonly runtime: {
      connect(options: { name: string }): {
        postMessage(message: object | number): void;
        disconnect(): void;
        readonly onMessage: {
          addListener(
            listener: (message: { type: string; key?: string; coverage?: { countedVenues: number } | null }) => void,
          ): void;
        };
      };
    };
  };
}

/** Switches the product on or off as the popup does, and waits until the page shows it. */
export async function switchBand(browser: ExtensionBrowser, page: Page, isOn: boolean): Promise<void> {
  const settings = await browser.openExtensionPage('manifest.json');
  await settings.evaluate(
    async (band) => {
      await (globalThis as unknown as ExtensionGlobals).chrome.storage.local.set({ band });
    },
    { isOn },
  );
  await settings.close();
  await page.bringToFront();
  if (isOn) await waitForBand(page, 'ready');
  else await until(async () => ((await page.locator('liqband-band').count()) === 0 ? true : null), 'no band');
}
