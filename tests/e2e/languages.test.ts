import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { LANGUAGES } from '@/lib/core/languages';

import { until, waitForBand } from './chart';
import { openPopup } from './popup';
import { startStage, type Stage } from './stage';

let stage: Stage;
let popup: Page;
let options: Page;
beforeAll(async () => {
  stage = await startStage();
  await waitForBand(await stage.openChart('tradingview'), 'ready');
  popup = await openPopup(stage.browser);
  await popup.waitForSelector('.ladder');
  options = await stage.browser.context.newPage();
  await options.setViewportSize({ width: 420, height: 900 });
  await options.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#options`);
  await options.waitForSelector('.options select');
});
afterAll(() => stage?.close());

/** Texts that are wider than what shows them: cut off, or running out of the page. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((element) => element.closest('.visually-hidden, svg, option, .u-legend') === null)
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        if (width === 0) return false;
        const isClipped = getComputedStyle(element).overflowX !== 'visible';
        return right > innerWidth + 0.5 || (isClipped && element.scrollWidth > element.clientWidth + 1);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`),
  );

it.each(LANGUAGES)('speaks %s once it is chosen, and cuts no text at the narrowest width', async (language) => {
  await options.selectOption('.options select', language);
  for (const page of [options, popup]) {
    await until(async () => (await page.getAttribute('html', 'lang')) === language || null, `${language} in force`);
    expect(await cutTexts(page)).toEqual([]);
  }
});
