import { browser } from 'wxt/browser';

import { READERS } from '@/lib/messaging/readers-question';

import { bandsIn } from './bands-in';

/** Answers pages of ours that ask how the scales of the charts here are read: with what their bands' elements say. */
export function tellReaders(): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message !== READERS) return;
    void browser.runtime.sendMessage(
      bandsIn(document).map(({ dataset: { contract, reason, scale } }) => [contract, reason, scale]),
    );
  });
}
