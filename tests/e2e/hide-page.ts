import type { Page } from 'playwright-core';

import { runInExtensionWorld } from './extension-world';

/**
 * The driver keeps every page in front: what the scripts are told is what a page behind others is told. What they begin to wait for
 * longer than a minute then comes `hurry` times sooner.
 */
export async function hidePage(page: Page, hurry = 1): Promise<void> {
  const wait = `globalThis.setTimeout = ((start) => (callback, delayMs) =>
    start(callback, delayMs > 60_000 ? delayMs / ${hurry} : delayMs))(globalThis.setTimeout);`;
  await runInExtensionWorld(page, `${wait}${visibility(false)}`);
  await page.evaluate(visibility(false));
}

export async function showPage(page: Page): Promise<void> {
  await runInExtensionWorld(page, visibility(true));
  await page.evaluate(visibility(true));
}

const visibility = (isShown: boolean): string => `Object.defineProperties(document, {
    hidden: { configurable: true, get: () => ${!isShown} },
    visibilityState: { configurable: true, get: () => '${isShown ? 'visible' : 'hidden'}' },
  });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`;
