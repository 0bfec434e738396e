import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PAGES } from '@/components/dashboard/pages';
import { LANGUAGES } from '@/lib/core/languages';

import { until, waitForBand } from './chart';
import { openPopup } from './popup';
import { startStage, type Stage } from './stage';

/** As narrow as the popup and a side panel. */
const WIDTH = 380;

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await startStage();
  page = await stage.browser.context.newPage();
  await page.setViewportSize({ width: WIDTH, height: 900 });
  await page.goto(`chrome-extension://${stage.browser.extensionId}/dashboard.html#options`);
  await page.waitForSelector('#options-language select');
});
afterAll(() => stage?.close());

/** Texts that are wider than what shows them: cut off, or running out of the page; and a page that scrolls sideways. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    const cut = [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((element) => element.closest('.visually-hidden, svg, option, .u-legend') === null)
      // What is closed is not seen.
      .filter((element) => element.closest('details:not([open]) > :not(summary)') === null)
      // What scrolls by itself is not cut.
      .filter((element) => element.closest('.section-wide, [role="region"][tabindex], .favourite-chips') === null)
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        if (width === 0) return false;
        const isClipped = getComputedStyle(element).overflowX !== 'visible';
        return right > innerWidth + 0.5 || (isClipped && element.scrollWidth > element.clientWidth + 1);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`);
    return scrollWidth > innerWidth ? [`The page is ${scrollWidth} px wide`, ...cut] : cut;
  });

const isSpoken = (on: Page, language: string): Promise<unknown> =>
  until(async () => (await on.getAttribute('html', 'lang')) === language || null, `${language} in force`);

/** What is cut of a page in each language, where anything is. */
async function cutByLanguage(on: Page): Promise<Record<string, string[]>> {
  const cut: Record<string, string[]> = {};
  for (const language of LANGUAGES) {
    await on.evaluate(`chrome.storage.local.set({ language: '${language}' })`);
    await isSpoken(on, language);
    cut[language] = await cutTexts(on);
  }
  return Object.fromEntries(Object.entries(cut).filter(([, texts]) => texts.length > 0));
}

it('cuts no text of a popup without a chart in any language', async () => {
  const popup = await openPopup(stage.browser);
  await popup.waitForSelector('.message');
  expect(await cutByLanguage(popup)).toEqual({});
  await popup.close();
});

describe('beside a chart', () => {
  let popup: Page;
  beforeAll(async () => {
    await waitForBand(await stage.openChart('tradingview'), 'ready');
    popup = await openPopup(stage.browser);
    await popup.click('.drawer summary');
    await popup.waitForSelector('.provenance');
  });

  it.each(LANGUAGES)('speaks %s once it is chosen, and cuts no text of the popup', async (language) => {
    await page.selectOption('#options-language select', language);
    for (const each of [page, popup]) {
      await isSpoken(each, language);
      expect(await cutTexts(each)).toEqual([]);
    }
  });

  it.each(PAGES.map(({ id }) => id))('cuts no text of the page %s in any language', async (id) => {
    await page.evaluate(`location.hash = '#${id}'`);
    await page.waitForSelector(`.rail [href="#${id}"][aria-current]`);
    // Until its script has come.
    await until(async () => (await page.locator('main > *').count()) > 1 || null, `the page ${id}`);
    await page.$$eval('details', (all) => all.forEach((each) => (each.open = true)));
    expect(await cutByLanguage(page)).toEqual({});
  });
});
