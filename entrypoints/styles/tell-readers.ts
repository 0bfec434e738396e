import { browser } from 'wxt/browser';

import { ASK_EVENT, READERS } from '@/lib/messaging/readers-question';

import { bandsIn } from './bands-in';

/** Answers pages of ours that ask how the scales of the charts here are read: with what their bands' elements say. */
export function tellReaders(): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message !== READERS) return;
    const bands = bandsIn(document);
    for (const band of bands) band.dispatchEvent(new Event(ASK_EVENT));
    void browser.runtime.sendMessage(
      bands.map(({ dataset: { contract, reason, scale } }) => [contract, reason, scale]),
    );
  });
}
