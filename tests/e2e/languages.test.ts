import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { PAGES } from '@/components/dashboard/pages';
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
  await options.waitForSelector('#options-language select');
});
afterAll(() => stage?.close());

/** Texts that are wider than what shows them: cut off, or running out of the page. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((element) => element.closest('.visually-hidden, svg, option, .u-legend') === null)
      // What is closed is not seen.
      .filter((element) => element.closest('details:not([open]) > :not(summary)') === null)
      // What scrolls by itself is not cut.
      .filter((element) => element.closest('.section-wide, [role="region"][tabindex]') === null)
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        if (width === 0) return false;
        const isClipped = getComputedStyle(element).overflowX !== 'visible';
        return right > innerWidth + 0.5 || (isClipped && element.scrollWidth > element.clientWidth + 1);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`),
  );

it.each(LANGUAGES)('speaks %s once it is chosen, and cuts no text at the narrowest width', async (language) => {
  await options.selectOption('#options-language select', language);
  for (const page of [options, popup]) {
    await until(async () => (await page.getAttribute('html', 'lang')) === language || null, `${language} in force`);
    expect(await cutTexts(page)).toEqual([]);
  }
});

/** Those with the longest words, and the one that breaks lines anywhere. */
it.each(['ru', 'es', 'vi', 'ja'] as const)(
  'cuts no text of any page in %s, as narrow as a side panel',
  async (language) => {
    await options.selectOption('#options-language select', language);
    await until(async () => (await options.getAttribute('html', 'lang')) === language || null, `${language} in force`);
    const cut: Record<string, string[]> = {};
    for (const { id } of PAGES) {
      await options.evaluate(`location.hash = '#${id}'`);
      await options.waitForSelector(`.rail [href="#${id}"][aria-current]`);
      // Until its script has come.
      await until(async () => (await options.locator('main > *').count()) > 1 || null, `the page ${id}`);
      await options.$$eval('details', (all) => all.forEach((each) => (each.open = true)));
      cut[id] = await cutTexts(options);
    }
    await options.evaluate(`location.hash = '#options'`);
    await options.waitForSelector('#options-language select');
    expect(Object.fromEntries(Object.entries(cut).filter(([, texts]) => texts.length > 0))).toEqual({});
  },
);
