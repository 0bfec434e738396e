import { browser } from 'wxt/browser';

import type { BandWords, BandWordsSource } from '@/lib/i18n/band-words';
import { firstHint, type FirstHint } from '@/lib/store/first-hint';

/** Neither has plural forms. */
const hintFrom = ({ words }: BandWords): FirstHint => ({
  text: words['band.hint'] as string,
  close: words['band.hintClose'] as string,
});

/** Once after the install: a page that explains the band, and a hint beside the first one, in the language of the moment. */
export function welcomeOnInstall(words: BandWordsSource): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return;
    const end = words.follow((told) => {
      end();
      void firstHint.setValue(hintFrom(told));
    });
    void browser.tabs.create({ url: browser.runtime.getURL('/dashboard.html#first-run') });
  });
  words.follow(async (told) => {
    if ((await firstHint.getValue()) !== null) await firstHint.setValue(hintFrom(told));
  });
}
