import { type Browser, browser } from 'wxt/browser';

import { SECOND_MS } from '@/lib/core/time';
import { READERS } from '@/lib/messaging/readers-question';
import { readersFromAnswer, type ScaleReader } from '@/lib/messaging/scale-readers';

const ASK_MS = 3 * SECOND_MS;
/** A frame that has not answered so many questions in a row has no chart any more. */
const MOST_MISSED = 2;

/** The scale readers of all charts that are open, asked for again and again until the signal aborts. */
export function followReaders(onChange: (readers: readonly ScaleReader[]) => void, signal: AbortSignal): void {
  const frames = new Map<string, { readonly readers: readonly ScaleReader[]; readonly turn: number }>();
  let turn = 0;
  const tell = () => onChange([...frames.values()].flatMap(({ readers }) => readers));

  const onMessage = (answer: unknown, { tab, frameId, url = '' }: Browser.runtime.MessageSender): undefined => {
    const readers = readersFromAnswer(answer, url);
    if (readers.length === 0) return;
    frames.set(`${tab?.id}:${frameId}`, { readers, turn });
    tell();
  };
  const ask = async (): Promise<void> => {
    turn++;
    for (const [frame, { turn: answered }] of frames) if (turn - answered > MOST_MISSED) frames.delete(frame);
    tell();
    const tabs = await browser.tabs.query({});
    // Tabs without a script of ours have nobody who answers.
    await Promise.allSettled(tabs.map(async ({ id }) => id !== undefined && browser.tabs.sendMessage(id, READERS)));
  };

  browser.runtime.onMessage.addListener(onMessage);
  const timer = setInterval(() => document.hidden || void ask(), ASK_MS);
  void ask();
  signal.addEventListener('abort', () => {
    browser.runtime.onMessage.removeListener(onMessage);
    clearInterval(timer);
  });
}
